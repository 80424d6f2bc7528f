import {
  capabilityFor,
  messageData,
  type OutwardIntent,
  type WriteCapability,
} from '@counterfoil/core'
import { aDocument, owner } from './documents.ts'

/** Something to be carried out that needs the capability; two numbers give two things. */
export function anIntent(capability: WriteCapability, number = '1'): OutwardIntent {
  const subject = `order ${number}`
  const sentence = 'the promised day moved from 27 to 30 November'
  switch (capability) {
    case 'notify':
      return { kind: 'notify', role: 'buyer', topic: 'date-change', subject, sentence }
    case 'send-supplier-notice':
      return {
        kind: 'send-supplier-notice',
        supplier: owner.supplier,
        topic: 'acknowledgment-overdue',
        subject,
        sentence,
        data: messageData({ orderNumber: number }),
      }
    case 'send-document/supplier':
      return {
        kind: 'send-document',
        to: 'supplier',
        document: aDocument('purchase-order', number),
      }
    case 'send-document/erp':
      return { kind: 'send-document', to: 'erp', document: aDocument('acknowledgment', number) }
    case 'send-document/wms':
      return { kind: 'send-document', to: 'wms', document: aDocument('ship-notice', number) }
    case 'write-back/erp':
      return writeBack('erp', `order/${number}`)
    case 'write-back/wms':
      return writeBack('wms', `expected-receipt/${number}`)
    case 'write-back/planning':
      return writeBack('planning', `expected-receipt/${number}`)
    case 'write-back/finance':
      return writeBack('finance', `invoice/${number}`)
  }
}

/** A record to be written back, on the version it was seen at. */
export function writeBack(
  system: 'erp' | 'wms' | 'finance' | 'planning',
  record: string,
  expectedVersion: number | null = null,
): Extract<OutwardIntent, { readonly kind: 'write-back' }> {
  const data = messageData({ record, promisedDate: '2026-11-30' })
  return { kind: 'write-back', system, record, expectedVersion, data }
}

/** Every capability there is. */
export const everyCapability: readonly WriteCapability[] = [
  'notify',
  'send-supplier-notice',
  'send-document/supplier',
  'send-document/erp',
  'send-document/wms',
  'write-back/erp',
  'write-back/wms',
  'write-back/finance',
  'write-back/planning',
]

/** The system a capability writes records to; null for one that writes none. */
export function systemOf(capability: WriteCapability) {
  const intent = anIntent(capability)
  return capabilityFor(intent) === capability && intent.kind === 'write-back' ? intent.system : null
}

import { sha256Hex } from '../hash/content-hash.ts'
import { invoiceKey, orderKey } from '../identity/identity.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { ChangeRequest } from '../order-change/order-change.ts'
import type { Remedy } from '../resolution/remedy.ts'
import { resolutionEffects } from '../resolution/resolution-effects.ts'
import { currentInvoice } from './current-invoice.ts'
import type { InvoiceChange } from './invoice-intents.ts'
import { remediesOf } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What the world is told when a remedy goes ahead: the supplier, the order, the warehouse or finance. */
export function remedyIntents({ before, after, fact }: InvoiceChange): Intent[] {
  const invoice = currentInvoice(after)
  if (invoice === null) return []
  if (fact.type === 'debit-memo.posted') return debitCounted(after, invoice, fact.data)
  const known = new Map(remediesOf(before).map((remedy) => [remedy.remedyId, remedy.state]))
  return remediesOf(after)
    .filter(({ remedyId, state }) => state === 'under-way' && known.get(remedyId) !== 'under-way')
    .flatMap((remedy) => effectOf(after, invoice, remedy, fact.at))
}

function effectOf(
  facts: InvoiceFacts,
  invoice: Invoice,
  remedy: Remedy,
  at: string,
): readonly Intent[] {
  const effect = resolutionEffects[remedy.code]
  const { amount, note } = remedy
  const over = amount === null ? '' : `${amount.amount} ${amount.currency}`
  const why = note === null ? '' : `: ${note}`
  switch (effect.kind) {
    case 'expect-credit':
      return [supplier(facts, invoice, remedy, effect.topic, `please credit ${over}${why}`)]
    case 'draft-debit':
      return [
        finance(facts, invoice, remedy, 'debit-memo'),
        supplier(facts, invoice, remedy, 'debit-memo-announced', `we debit you ${over}${why}`),
      ]
    case 'write-off':
      return [finance(facts, invoice, remedy, 'write-off')]
    case 'reduce':
      return [
        supplier(
          facts,
          invoice,
          remedy,
          'invoice-reduced',
          `${over} of your invoice ${invoice.documentNumber} is not paid${why}`,
        ),
      ]
    case 'change-order':
      return changeOrder(invoice, remedy, at)
    case 'short-close':
      return shortClose(invoice, remedy)
    case 'return-goods':
      return [
        warehouse(facts, invoice, remedy),
        supplier(facts, invoice, remedy, 'goods-returned', `we send the goods back${why}`),
        ...(remedy.noReplacement === true ? shortClose(invoice, remedy) : []),
      ]
    case 'ask-supplier':
    case 'tell-supplier':
      return [supplier(facts, invoice, remedy, effect.topic, `${effect.sentence}${why}`)]
    case 'reject-invoice': {
      const reason = (note ?? `the case was settled as ${remedy.code}`).slice(0, 1000)
      return [
        {
          kind: 'tell',
          to: { kind: 'invoice', key: facts.invoiceKey },
          type: 'invoice.rejected',
          data: { reason },
        },
      ]
    }
    case 'task':
    case 'accept':
    case 'match-again':
    case 'note':
      return []
  }
}

function dataOf(facts: InvoiceFacts, invoice: Invoice, remedy: Remedy) {
  const { remedyId, exceptionId, disputeId, code, amount, orderLine, invoiceLine } = remedy
  return messageData({
    invoiceKey: facts.invoiceKey,
    invoiceNumber: invoice.documentNumber,
    supplier: invoice.supplier,
    remedyId,
    exceptionId,
    disputeId,
    resolution: code,
    amount,
    invoiceLine: invoiceLine ?? null,
    orderNumber: orderLine?.orderNumber ?? null,
    orderLineNumber: orderLine?.orderLineNumber ?? null,
  })
}

function supplier(
  facts: InvoiceFacts,
  invoice: Invoice,
  remedy: Remedy,
  topic: string,
  sentence: string,
): Intent {
  return {
    kind: 'send-supplier-notice',
    supplier: invoice.supplier,
    topic,
    subject: `invoice ${invoice.documentNumber}`,
    sentence: sentence.slice(0, 2000),
    data: dataOf(facts, invoice, remedy),
  }
}

function finance(facts: InvoiceFacts, invoice: Invoice, remedy: Remedy, record: string): Intent {
  const data = { ...dataOf(facts, invoice, remedy), because: remedy.note }
  return { kind: 'write-back', system: 'finance', record, expectedVersion: null, data }
}

function warehouse(facts: InvoiceFacts, invoice: Invoice, remedy: Remedy): Intent {
  const settled = facts.cases.find(({ exceptionId }) => exceptionId === remedy.exceptionId)
  const measured = settled?.discrepancy ?? null
  const quantity =
    measured !== null && 'unitOfMeasure' in measured
      ? { quantity: measured.difference, unitOfMeasure: measured.unitOfMeasure }
      : { quantity: null, unitOfMeasure: null }
  return {
    kind: 'write-back',
    system: 'wms',
    record: 'return-order',
    expectedVersion: null,
    data: {
      ...dataOf(facts, invoice, remedy),
      ...quantity,
      replacement: remedy.noReplacement !== true,
      because: remedy.note,
    },
  }
}

/** The order takes the change as the buyer's own wish: its next version is sent to the supplier and written to the ERP. */
function changeOrder(invoice: Invoice, { remedyId, orderChange }: Remedy, at: string): Intent[] {
  if (orderChange === undefined) return []
  const { tenant, buyerOrganisation, supplier: by } = invoice
  const { orderNumber, basedOnVersion, differences } = orderChange
  const document: Omit<ChangeRequest, 'documentNumber' | 'issuedAt'> & {
    readonly documentNumber: string
    readonly issuedAt: string
  } = {
    kind: 'change-request',
    tenant,
    buyerOrganisation,
    supplier: by,
    documentNumber: `${invoice.documentNumber.slice(0, 60)}/${sha256Hex(remedyId).slice(0, 12)}`,
    revision: 0,
    issuedAt: at,
    orderNumber,
    initiator: 'buyer',
    basedOnVersion,
    differences: [...differences],
    reasonText: `as billed by invoice ${invoice.documentNumber}`.slice(0, 400),
  }
  return [tellOrder(invoice, orderNumber, 'change.requested', { document })]
}

function shortClose(invoice: Invoice, { orderLine, note, code }: Remedy): Intent[] {
  if (orderLine === undefined) return []
  const { orderNumber, orderLineNumber } = orderLine
  const reason = (note ?? `a case of the invoice was settled as ${code}`).slice(0, 1000)
  return [tellOrder(invoice, orderNumber, 'line.short-closed', { orderLineNumber, reason })]
}

function tellOrder(invoice: Invoice, orderNumber: string, type: string, data: object): Intent {
  const { tenant, buyerOrganisation } = invoice
  const key = orderKey({ tenant, buyerOrganisation, orderNumber })
  return { kind: 'tell', to: { kind: 'order', key }, type, data: messageData(data) }
}

/** A posted debit memo counts against what was billed of the order line, like a credit of the supplier's. */
function debitCounted(
  facts: InvoiceFacts,
  invoice: Invoice,
  debit: NonNullable<InvoiceFacts['debits']>[number],
): Intent[] {
  const remedy = remediesOf(facts).find(({ remedyId }) => remedyId === debit.remedyId)
  const { orderLine, invoiceLine } = remedy ?? {}
  const line = invoice.lines.find(({ documentLineNumber }) => documentLineNumber === invoiceLine)
  if (orderLine === undefined || line === undefined) return []
  const { tenant, buyerOrganisation, supplier: of } = invoice
  const invoiceType = 'subsequent-credit'
  const { debitNumber: documentNumber, amount } = debit
  const key = { tenant, buyerOrganisation, supplier: of, documentNumber, invoiceType } as const
  return [
    tellOrder(invoice, orderLine.orderNumber, 'billing.recorded', {
      invoiceKey: invoiceKey(key),
      invoiceNumber: documentNumber,
      invoiceType,
      status: 'posted',
      correctsInvoiceNumber: invoice.documentNumber,
      totalAmount: amount.amount,
      lines: [
        {
          orderLineNumber: orderLine.orderLineNumber,
          // It takes back money and no goods.
          quantity: '0',
          unitOfMeasure: line.unitOfMeasure,
          amount: amount.amount,
          chargesAmount: '0',
          discountAmount: '0',
        },
      ],
    }),
  ]
}

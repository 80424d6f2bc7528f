import { addMilliseconds, instant } from '../calendar/instant.ts'
import { addressDocument } from '../correlate/address-document.ts'
import { sha256Hex } from '../hash/content-hash.ts'
import type { TradeDocument } from '../document/document.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Actor } from '../message/actor.ts'
import type { Message } from '../message/message.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import type { PlannedCheck, Policy } from '../policy/policy.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt } from '../receipt/receipt.examples.ts'
import { tellWorld } from './tell-world.ts'
import { emptyWorld, type World } from './world.ts'

/** The connector documents come in by. */
const connector: Actor = { kind: 'connector', id: 'edi', roles: [] }

/**
 * A policy that checks price, received quantity, duplicates, currency and balance, each to the cent; and credits against
 * the invoice they name, for which they wait.
 */
export function aTradingPolicy(): Policy {
  return aPolicy({
    matching: ({ line, invoice }) => {
      const isCredit = isNamed(invoice, 'type', 'credit')
      if (line === null) return { checks: [...headerChecks, ...(isCredit ? creditChecks : [])] }
      return { checks: [...(isCredit ? creditLineChecks : lineChecks)] }
    },
    tolerance: ({ check }) =>
      isNamed(check, 'name', 'credit-price')
        ? aTolerance({ upper: toTheCent, lower: toTheCent, lowerEffect: 'hold' })
        : aTolerance({ upper: toTheCent }),
    routing: ({ exception }) => aRoute({ blocksMatching: isReceivingCase(exception) }),
  })
}

const headerChecks: readonly PlannedCheck[] = [
  planned('duplicate', 'duplicate-exact', 'duplicate'),
  planned('currency', 'currency', 'hold'),
  planned('balance', 'balance', 'reject'),
]

const lineChecks: readonly PlannedCheck[] = [
  planned('price', 'price-amount', 'hold'),
  planned('quantity', 'quantity-open-received', 'hold'),
]

const creditChecks: readonly PlannedCheck[] = [planned('reference', 'credit-reference', 'hold')]

const creditLineChecks: readonly PlannedCheck[] = [
  ofNamedInvoice('credit', 'credit-max-reversal'),
  ofNamedInvoice('credit-amount', 'credit-amount'),
  ofNamedInvoice('credit-price', 'credit-price'),
]

const toTheCent = { abs: null, pct: '0' } as const

function ofNamedInvoice(name: string, check: string): PlannedCheck {
  return { ...planned(name, check, 'hold'), parameters: { creditedFrom: 'named-invoice' } }
}

function isNamed(fact: unknown, field: string, value: string): boolean {
  return typeof fact === 'object' && fact !== null && Reflect.get(fact, field) === value
}

function planned(name: string, check: string, onExceed: PlannedCheck['onExceed']): PlannedCheck {
  return { name, check, holdCode: name.toUpperCase(), onExceed, parameters: {} }
}

function isReceivingCase(exception: unknown): boolean {
  return (
    typeof exception === 'object' &&
    exception !== null &&
    'code' in exception &&
    typeof exception.code === 'string' &&
    exception.code.startsWith('RCV_')
  )
}

/** The messages a document becomes when it arrives at an instant. */
export function messagesOf(document: TradeDocument, receivedAt: string): readonly Message[] {
  const id = sha256Hex(JSON.stringify(document))
  return addressDocument(document).map(({ aggregate, type, data }, index) => ({
    id: `${id}/${index}`,
    tenant: document.tenant,
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: document.issuedAt,
    receivedAt: instant(receivedAt),
    actor: connector,
    causedBy: null,
    data,
  }))
}

/** The world after documents that arrive one after the other, an hour apart. */
export function aWorldTold(
  documents: readonly TradeDocument[],
  { world = emptyWorld, policy = aTradingPolicy(), from = '2026-12-01T08:00:00Z' } = {},
): World {
  return documents.reduce((before: World, document, index) => {
    const now = addMilliseconds(instant(from), index * 3_600_000)
    return messagesOf(document, now).reduce(
      (world, message) => tellWorld(world, message, { policy, now }).world,
      before,
    )
  }, world)
}

/** Order 4711, received in full, billed as ordered and released. */
export function aSettledWorld(): World {
  return aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice()])
}

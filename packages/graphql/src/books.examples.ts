import type { Connector, Envelope, TradeDocumentInput, WriteAnswer } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import {
  createMemoryStore,
  createRuntime,
  createVirtualClock,
  type Runtime,
  type RuntimeSettings,
  type Store,
  type VirtualClock,
} from '@counterfoil/runtime'
import { graphql } from 'graphql'
import { createCounterfoilSchema } from './create-schema.ts'
import type { CounterfoilContext } from './request/context.ts'

/** A runtime on the canonical rules, its clock, and how often its store was read. */
export type Books = {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  /** How often each read of the store was called since this was asked last. */
  readonly readsSince: () => { readonly [read: string]: number }
  /** Takes documents in, and everything that follows from them. */
  readonly receive: (...documents: readonly TradeDocumentInput[]) => Promise<void>
  /** Asks as somebody, without a server. Throws where the answer has errors. */
  readonly ask: (
    person: CounterfoilContext,
    query: string,
    variables?: Variables,
  ) => Promise<unknown>
  /** The errors of a query, each as its code and message. */
  readonly errorsOf: (
    person: unknown,
    query: string,
    variables?: Variables,
  ) => Promise<readonly { readonly code: unknown; readonly message: string }[]>
}

type Variables = { readonly [name: string]: unknown }

/** The text at a place in an answer: `exceptions.nodes.0.id`. */
export function textAt(answer: unknown, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>((value, name) => Object(value)[name] as unknown, answer)
  if (typeof found !== 'string') throw new Error(`there is no text at ${path}`)
  return found
}

const ruleSetFolder = new URL('../../rules/rulesets', import.meta.url).pathname
const canonical = loadRuleSetFolder(ruleSetFolder).filter(({ ruleSet }) =>
  ruleSet.id.startsWith('canonical-'),
)

/** Opens empty books on the morning of 2 November. */
export function openBooks(settings: Partial<RuntimeSettings> = {}): Books {
  const clock = createVirtualClock('2026-11-02T08:00:00Z')
  const { store, readsSince } = countReads(createMemoryStore())
  const runtime = createRuntime({
    store,
    policies: createPolicySource(canonical),
    connectors: [backOffice()],
    clock,
    ...settings,
  })
  const receive = async (...documents: readonly TradeDocumentInput[]): Promise<void> => {
    for (const document of documents) {
      const { documents: answers } = await runtime.receive(envelopeOf(document))
      const bad = answers.find(({ outcome }) => outcome === 'quarantined')
      if (bad?.outcome === 'quarantined') throw new Error(bad.sentence)
      await runtime.tick()
    }
  }
  const schema = createCounterfoilSchema({ runtime })
  const execute = (person: unknown, source: string, variableValues: Variables = {}) =>
    graphql({ schema, source, variableValues, contextValue: { ...Object(person) } })
  const ask: Books['ask'] = async (person, query, variables) => {
    const { data, errors } = await execute(person, query, variables)
    if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('; '))
    return JSON.parse(JSON.stringify(data))
  }
  const errorsOf: Books['errorsOf'] = async (person, query, variables) => {
    const { errors = [] } = await execute(person, query, variables)
    return errors.map(({ message, extensions }) => ({ code: extensions['code'], message }))
  }
  return { runtime, clock, readsSince, receive, ask, errorsOf }
}

/** Stands in for everything a runtime writes to; takes all of it unless told what to answer. */
export function backOffice(
  answer: () => WriteAnswer = () => ({ kind: 'applied', reference: 'R1', repeated: false }),
): Connector {
  return {
    contract: 'v1',
    name: 'back-office',
    capabilities: {
      reads: [],
      writes: [
        'notify',
        'send-supplier-notice',
        'send-document/supplier',
        'send-document/erp',
        'send-document/wms',
        'write-back/erp',
        'write-back/wms',
        'write-back/finance',
        'write-back/planning',
      ],
    },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async () => answer(),
  }
}

/** A buyer of acme. */
export const maria: CounterfoilContext = {
  tenant: 'acme',
  actor: { kind: 'user', id: 'maria', roles: ['buyer'] },
  now: '2026-11-23T08:00:00Z',
}

/** A payables clerk of acme. */
export const paul: CounterfoilContext = {
  ...maria,
  actor: { kind: 'user', id: 'paul', roles: ['accounts-payable'] },
}

/** Somebody of another company on the same installation. */
export const stranger: CounterfoilContext = {
  ...maria,
  tenant: 'globex',
  actor: { kind: 'user', id: 'gil', roles: ['buyer'] },
}

/** A document as it comes in by the portal. */
export function envelopeOf(document: TradeDocumentInput): Envelope {
  return {
    tenant: document.tenant,
    buyerOrganisation: document.buyerOrganisation,
    connection: 'portal',
    timeZone: 'UTC',
    document,
  }
}

const header = { tenant: 'acme', buyerOrganisation: '0001', supplier: 'S100', revision: 0 } as const

/** An order of 2,500 bolts at 12.40 a hundred, wanted on 20 November. */
export function anOrder(orderNumber = '4711', tenant = 'acme'): TradeDocumentInput {
  return {
    kind: 'purchase-order',
    ...header,
    tenant,
    documentNumber: orderNumber,
    orderNumber,
    version: 1,
    issuedAt: '2026-11-02T08:00:00Z',
    orderType: 'standard',
    currency: 'USD',
    matchLevel: 'three-way',
    paymentTerms: { netDays: 30, discountPercent: '2', discountDays: 10 },
    shipTo: 'DC-NORTH',
    charges: [],
    plannedCosts: [],
    lines: [
      {
        orderLineNumber: '10',
        lineType: 'item',
        item: { buyerItem: 'SKU-1' },
        description: 'hex bolt M8, zinc',
        unitOfMeasure: 'EA',
        quantityOrdered: '2500',
        price: {
          amount: '12.40',
          perQuantity: '100',
          perUnitOfMeasure: 'EA',
          priceType: 'firm',
        },
        discountAmount: '0',
        chargesAmount: '0',
        matchTo: 'order',
        deliveryTolerance: { overPercent: '5', underPercent: '5', overUnlimited: false },
        unitConversions: [],
        schedules: [
          {
            scheduleNumber: '1',
            quantityOrdered: '2500',
            deliverNotBefore: null,
            requestedDate: '2026-11-20',
            shipTo: null,
          },
        ],
      },
    ],
  }
}

/** The supplier promises so many bolts of the order for a day. */
export function anAcknowledgment(
  promise: { readonly quantity?: string; readonly date?: string; readonly number?: string } = {},
): TradeDocumentInput {
  const { quantity = '2500', date = '2026-11-20', number = 'ACK-1' } = promise
  return {
    kind: 'acknowledgment',
    ...header,
    documentNumber: number,
    issuedAt: '2026-11-03T10:00:00Z',
    orderNumber: '4711',
    orderVersion: 1,
    decision: 'accepted-with-changes',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: '1',
        orderLineNumber: '10',
        item: { buyerItem: 'SKU-1' },
        responses: [
          {
            action: 'accept',
            quantity,
            unitOfMeasure: 'EA',
            promisedDate: date,
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
  }
}

/** So many bolts on their way. */
export function aShipNotice(quantityShipped = '2500', number = 'ASN-1'): TradeDocumentInput {
  return {
    kind: 'ship-notice',
    ...header,
    documentNumber: number,
    issuedAt: '2026-11-18T10:00:00Z',
    purpose: 'original',
    shipDate: '2026-11-18',
    estimatedDeliveryDate: '2026-11-20',
    shipTo: 'DC-NORTH',
    carrier: 'Road Runner',
    trackingNumber: 'RR-1',
    packs: [],
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '10',
        item: { buyerItem: 'SKU-1' },
        quantityShipped,
        unitOfMeasure: 'EA',
        lots: [],
      },
    ],
  }
}

/** So many bolts counted at the dock. */
export function aReceipt(quantity = '2000', number = 'GR-1'): TradeDocumentInput {
  return {
    kind: 'receipt',
    ...header,
    documentNumber: number,
    issuedAt: '2026-11-20T09:30:00Z',
    receiptType: 'receipt',
    receivedDate: '2026-11-20',
    location: 'DC-NORTH',
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '10',
        item: { buyerItem: 'SKU-1' },
        quantity,
        unitOfMeasure: 'EA',
        quantityAccepted: null,
        quantityRejected: null,
        conditions: [],
        lots: [],
        disposition: 'stock',
        final: false,
      },
    ],
  }
}

/** A bill for 2,500 bolts at 13.00 a hundred. */
export function anInvoice(invoiceNumber = 'INV-77', tenant = 'acme'): TradeDocumentInput {
  return {
    kind: 'invoice',
    ...header,
    tenant,
    documentNumber: invoiceNumber,
    issuedAt: '2026-11-21T00:00:00Z',
    invoiceType: 'standard',
    invoiceDate: '2026-11-21',
    entryDate: null,
    dueDate: null,
    paymentTerms: { netDays: 30, discountPercent: '2', discountDays: 10 },
    currency: 'USD',
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: '325.00',
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '10',
        receiptNumbers: [],
        item: { buyerItem: 'SKU-1' },
        quantity: '2500',
        unitOfMeasure: 'EA',
        price: {
          amount: '13.00',
          perQuantity: '100',
          perUnitOfMeasure: 'EA',
          priceType: 'firm',
        },
        amount: '325.00',
        chargesAmount: '0',
        discountAmount: '0',
      },
    ],
  }
}

function countReads(store: Store): {
  readonly store: Store
  readonly readsSince: Books['readsSince']
} {
  let counts: { [read: string]: number } = {}
  const counted =
    <Request, Answer>(read: string, ask: (request: Request) => Answer) =>
    (request: Request): Answer => {
      counts[read] = (counts[read] ?? 0) + 1
      return ask(request)
    }
  return {
    store: {
      ...store,
      load: counted('load', store.load),
      rows: counted('rows', store.rows),
      linked: counted('linked', store.linked),
      events: counted('events', store.events),
      audit: counted('audit', store.audit),
    },
    readsSince: () => {
      const since = counts
      counts = {}
      return since
    },
  }
}

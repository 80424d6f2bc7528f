import {
  addressDocument,
  decimal,
  type Decimal,
  type Instant,
  invoiceKey,
  isPositiveDecimal,
  type Message,
  type MessageData,
  messageData,
  multiplyDecimals,
  orderKey,
  type TradeDocument,
} from '@counterfoil/core'
import type { ChangedField, Telling } from './activities.ts'
import { amountOf, type OrderPlan } from './plan-order.ts'
import {
  acknowledgmentDocument,
  type ChangeCounts,
  invoiceDocument,
  orderDocument,
  priceBilled,
  quantityCounted,
  quantityOrdered,
  receiptDocument,
  replayOwner,
} from './trace-documents.ts'

/** How far a trace is: what the next document of each kind is numbered, and what it can refer to. */
export type TraceProgress = {
  readonly changes: ChangeCounts
  /** Texts of the order so far, its creation and every change; the number of its current version. */
  readonly issues: number
  readonly acknowledgments: number
  readonly acknowledgmentRevisions: number
  readonly receipts: number
  /** Receipts not taken back, latest last, with what they counted. */
  readonly standingReceipts: readonly { readonly number: string; readonly quantity: Decimal }[]
  readonly reversals: number
  /** Receipts still to come that were taken back already. */
  readonly receiptsReversedAhead: number
  readonly invoicesSent: number
  readonly invoicesKnown: number
  /** Numbers of invoices in the ERP and not taken back, latest last. */
  readonly standingInvoices: readonly string[]
  readonly invoiceReversals: number
  readonly credits: number
  readonly debits: number
  readonly standingDebits: readonly string[]
  /** Debits still to come that were taken back already. */
  readonly debitsReversedAhead: number
  readonly blocksSet: number
  readonly payments: number
  /** Invoices in the ERP nobody has paid, oldest first, with what they ask for. */
  readonly unpaid: readonly { readonly number: string; readonly amount: Decimal }[]
  /** Invoices that were paid before they came to the ERP. */
  readonly paidAhead: readonly string[]
  /** What the buyer did to the line and has not undone. */
  readonly isCancelled: boolean
  readonly isHeld: boolean
}

/** A trace of which nothing was told. */
export const traceBeginning: TraceProgress = {
  changes: {},
  issues: 0,
  acknowledgments: 0,
  acknowledgmentRevisions: 0,
  receipts: 0,
  standingReceipts: [],
  reversals: 0,
  receiptsReversedAhead: 0,
  invoicesSent: 0,
  invoicesKnown: 0,
  standingInvoices: [],
  invoiceReversals: 0,
  credits: 0,
  debits: 0,
  standingDebits: [],
  debitsReversedAhead: 0,
  blocksSet: 0,
  payments: 0,
  unpaid: [],
  paidAhead: [],
  isCancelled: false,
  isHeld: false,
}

/** What is told for one activity, and how far the trace is afterwards. The last message is the activity itself. */
export type ToldActivity = {
  readonly messages: readonly Message[]
  readonly progress: TraceProgress
}

/** What telling an activity needs to know. */
export type Occasion = {
  readonly plan: OrderPlan
  readonly progress: TraceProgress
  readonly at: Instant
  /** Unique in the trace. */
  readonly eventNumber: number
  /** The hold that a payment block of an invoice placed, if one is open. */
  readonly openBlockOf: (invoiceNumber: string) => string | null
}

/** Turns an activity of the log into what the aggregates are told. */
export function tellActivity(
  telling: Telling,
  field: ChangedField | undefined,
  occasion: Occasion,
): ToldActivity {
  switch (telling) {
    case 'order-issued':
      return issueOrder(occasion, occasion.progress.changes)
    case 'order-changed':
      return changeOrder(occasion, field)
    case 'order-acknowledged':
    case 'acknowledgment-updated':
      return acknowledge(occasion, telling === 'acknowledgment-updated')
    case 'goods-received':
    case 'service-received':
      return receive(occasion)
    case 'receipt-reversed':
      return reverseReceipt(occasion)
    case 'invoice-sent':
      return sendInvoice(occasion)
    case 'invoice-known':
      return knowInvoice(occasion)
    case 'invoice-reversed':
      return reverseInvoice(occasion)
    case 'credit-sent':
      return sendCredit(occasion)
    case 'debit-known':
      return knowDebit(occasion)
    case 'debit-reversed':
      return reverseDebit(occasion)
    case 'block-set':
      return setBlock(occasion)
    case 'block-removed':
      return removeBlock(occasion)
    case 'invoice-paid':
      return payInvoice(occasion)
    case 'line-cancelled':
      return commandLine(occasion, ['line.cancelled'], { isCancelled: true })
    case 'line-reopened':
      return reopenLine(occasion)
    case 'line-held':
      return commandLine(occasion, ['line.held'], { isHeld: true })
  }
}

function issueOrder(occasion: Occasion, changes: ChangeCounts): ToldActivity {
  const { plan, progress, at } = occasion
  const version = progress.issues + 1
  const messages = documentMessages(occasion, orderDocument(plan, { at, changes, version }))
  return { messages, progress: { ...progress, changes, issues: version } }
}

function changeOrder(occasion: Occasion, field: ChangedField = 'quantity'): ToldActivity {
  const { changes } = occasion.progress
  return issueOrder(occasion, { ...changes, [field]: (changes[field] ?? 0) + 1 })
}

function acknowledge(occasion: Occasion, isUpdate: boolean): ToldActivity {
  const { plan, progress, at } = occasion
  const isRevision = isUpdate && progress.acknowledgments > 0
  const number = isRevision ? progress.acknowledgments : progress.acknowledgments + 1
  const revision = isRevision ? progress.acknowledgmentRevisions + 1 : 0
  const version = Math.max(1, progress.issues)
  const quantity = quantityOrdered(plan, progress.changes)
  const document = acknowledgmentDocument(plan, { at, number, revision, version, quantity })
  return {
    messages: documentMessages(occasion, document),
    progress: { ...progress, acknowledgments: number, acknowledgmentRevisions: revision },
  }
}

function receive(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const number = `GR-${plan.orderNumber}-${progress.receipts + 1}`
  const quantity = quantityCounted(plan, progress.receipts)
  const document = receiptDocument(plan, { at, documentNumber: number, quantity, reverses: null })
  const { standingReceipts, receiptsReversedAhead } = progress
  const isReversed = receiptsReversedAhead > 0
  return {
    messages: documentMessages(occasion, document),
    progress: {
      ...progress,
      receipts: progress.receipts + 1,
      standingReceipts: isReversed ? standingReceipts : [...standingReceipts, { number, quantity }],
      receiptsReversedAhead: Math.max(0, receiptsReversedAhead - 1),
    },
  }
}

/** Takes back the latest receipt; where the log knows of none yet, the one still to come. */
function reverseReceipt(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const reversals = progress.reversals + 1
  const { receiptsReversedAhead } = progress
  const latest = progress.standingReceipts.at(-1)
  const toCome = progress.receipts + receiptsReversedAhead
  const { number, quantity } = latest ?? {
    number: `GR-${plan.orderNumber}-${toCome + 1}`,
    quantity: quantityCounted(plan, toCome),
  }
  const document = receiptDocument(plan, {
    at,
    documentNumber: `GV-${plan.orderNumber}-${reversals}`,
    quantity,
    reverses: number,
  })
  return {
    messages: documentMessages(occasion, document),
    progress: {
      ...progress,
      reversals,
      standingReceipts: progress.standingReceipts.slice(0, -1),
      receiptsReversedAhead: receiptsReversedAhead + (latest === undefined ? 1 : 0),
    },
  }
}

function sendInvoice(occasion: Occasion): ToldActivity {
  const { progress } = occasion
  return {
    messages: documentMessages(occasion, invoiceOf(occasion, progress.invoicesSent)),
    progress: { ...progress, invoicesSent: progress.invoicesSent + 1 },
  }
}

/** The ERP books an invoice; one the supplier's own channel did not bring comes in with the booking. */
function knowInvoice(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const number = invoiceNumber(plan, progress.invoicesKnown + 1)
  const isNew = progress.invoicesKnown >= progress.invoicesSent
  const posting = command(occasion, toInvoice(occasion, number), 'invoice.posted', {
    postingNumber: `FI-${number}`,
    postedOn: at.slice(0, 10),
  })
  return {
    messages: [
      ...(isNew ? documentMessages(occasion, invoiceOf(occasion, progress.invoicesKnown)) : []),
      posting,
    ],
    progress: {
      ...progress,
      invoicesKnown: progress.invoicesKnown + 1,
      invoicesSent: Math.max(progress.invoicesSent, progress.invoicesKnown + 1),
      standingInvoices: [...progress.standingInvoices, number],
      unpaid: progress.paidAhead.includes(number)
        ? progress.unpaid
        : [...progress.unpaid, { number, amount: amountBilled(plan, progress.invoicesKnown) }],
    },
  }
}

function invoiceOf({ plan, at }: Occasion, index: number): TradeDocument {
  return invoiceDocument(plan, {
    at,
    documentNumber: invoiceNumber(plan, index + 1),
    invoiceType: 'standard',
    quantity: plan.invoiced[index] ?? plan.content.quantity,
    price: priceBilled(plan),
    corrects: null,
  })
}

function reverseInvoice(occasion: Occasion): ToldActivity {
  const { plan, progress } = occasion
  const number = progress.standingInvoices.at(-1) ?? invoiceNumber(plan, progress.invoicesKnown + 1)
  const invoiceReversals = progress.invoiceReversals + 1
  const message = command(occasion, toInvoice(occasion, number), 'invoice.reversed', {
    reason: 'the invoice receipt was cancelled in the ERP',
    documentNumber: `IV-${plan.orderNumber}-${invoiceReversals}`,
  })
  return {
    messages: [message],
    progress: {
      ...progress,
      invoiceReversals,
      standingInvoices: progress.standingInvoices.slice(0, -1),
      unpaid: progress.unpaid.filter((one) => one.number !== number),
    },
  }
}

/** A tenth of the invoice before it is given back. */
function sendCredit(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const index = Math.max(0, Math.min(progress.invoicesSent, plan.invoiced.length) - 1)
  const billed = plan.invoiced[index] ?? plan.content.quantity
  const document = invoiceDocument(plan, {
    at,
    documentNumber: `CR-${plan.orderNumber}-${progress.credits + 1}`,
    invoiceType: 'credit',
    quantity: multiplyDecimals(billed, decimal('0.1')),
    price: priceBilled(plan),
    corrects: invoiceNumber(plan, index + 1),
  })
  return {
    messages: documentMessages(occasion, document),
    progress: { ...progress, credits: progress.credits + 1 },
  }
}

/** A hundredth of the price is asked for afterwards. */
function knowDebit(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const index = Math.max(0, Math.min(progress.invoicesSent, plan.invoiced.length) - 1)
  const number = debitNumber(plan, progress.debits + 1)
  const document = invoiceDocument(plan, {
    at,
    documentNumber: number,
    invoiceType: 'subsequent-debit',
    quantity: plan.invoiced[index] ?? plan.content.quantity,
    price: multiplyDecimals(plan.content.price, decimal('0.01')),
    corrects: invoiceNumber(plan, index + 1),
  })
  return {
    messages: documentMessages(occasion, document),
    progress: {
      ...progress,
      debits: progress.debits + 1,
      standingDebits:
        progress.debitsReversedAhead > 0
          ? progress.standingDebits
          : [...progress.standingDebits, number],
      debitsReversedAhead: Math.max(0, progress.debitsReversedAhead - 1),
    },
  }
}

function reverseDebit(occasion: Occasion): ToldActivity {
  const { plan, progress } = occasion
  const { debits, debitsReversedAhead } = progress
  const latest = progress.standingDebits.at(-1)
  const number = latest ?? debitNumber(plan, debits + debitsReversedAhead + 1)
  const debit = toInvoice(occasion, number, 'subsequent-debit')
  const reason = 'the subsequent invoice was cancelled in the ERP'
  return {
    messages: [command(occasion, debit, 'invoice.reversed', { reason })],
    progress: {
      ...progress,
      standingDebits: progress.standingDebits.slice(0, -1),
      debitsReversedAhead: debitsReversedAhead + (latest === undefined ? 1 : 0),
    },
  }
}

function setBlock(occasion: Occasion): ToldActivity {
  const { progress } = occasion
  return {
    messages: [placeBlock(occasion, latestInvoice(occasion), 'set in the ERP')],
    progress: { ...progress, blocksSet: progress.blocksSet + 1 },
  }
}

/** The clerk lets the block go; where the log shows none set, the one that was assumed at posting. */
function removeBlock(occasion: Occasion): ToldActivity {
  const { plan, progress, openBlockOf } = occasion
  const numbers = plan.invoiced.map((_, index) => invoiceNumber(plan, index + 1)).toReversed()
  const blocked = numbers.find((number) => openBlockOf(number) !== null)
  const number = blocked ?? latestInvoice(occasion)
  const assumed = placeBlock(occasion, number, 'assumed at posting: the log only shows its removal')
  const holdId = openBlockOf(number) ?? blockIdOf(assumed)
  const release = command(
    occasion,
    toInvoice(occasion, number),
    'hold.released',
    { holdId, code: 'released', reason: 'the payment block was removed in the ERP' },
    { kind: 'user', id: 'payables-clerk', roles: ['ap'] },
  )
  return { messages: blocked === undefined ? [assumed, release] : [release], progress }
}

function placeBlock(occasion: Occasion, number: string, why: string): Message {
  const data = { code: 'PAYMENT_BLOCK', blocks: 'payment', reason: `payment block ${why}` }
  const placed = command(occasion, toInvoice(occasion, number), 'hold.placed', data)
  return { ...placed, id: `${placed.id}/block` }
}

/** A hold placed by hand is known by the event that placed it. */
function blockIdOf(placed: Message): string {
  return `${placed.id}#0`
}

/** Pays the oldest invoice that is not paid; where the ERP knows of none, the one that is to come. */
function payInvoice(occasion: Occasion): ToldActivity {
  const { plan, progress, at } = occasion
  const oldest = progress.unpaid[0]
  const { number, amount } = oldest ?? {
    number: latestInvoice(occasion),
    amount: amountBilled(plan, Math.max(0, progress.invoicesSent - 1)),
  }
  const payments = progress.payments + 1
  const message = command(occasion, toInvoice(occasion, number), 'payment.cleared', {
    paymentReference: `PY-${plan.orderNumber}-${payments}`,
    paidOn: at.slice(0, 10),
    // A free line is cleared with nothing to pay; a payment is of something.
    amount: isPositiveDecimal(amount) ? amount : '0.01',
  })
  return {
    messages: [message],
    progress: {
      ...progress,
      payments,
      unpaid: progress.unpaid.slice(1),
      paidAhead: oldest === undefined ? [...progress.paidAhead, number] : progress.paidAhead,
    },
  }
}

function amountBilled(plan: OrderPlan, index: number): Decimal {
  const { content, invoiced } = plan
  return amountOf(invoiced[index] ?? content.quantity, priceBilled(plan), content.currency)
}

/** Takes back whatever stopped the line: the log has one word for a deletion and a block undone. */
function reopenLine(occasion: Occasion): ToldActivity {
  const { isCancelled, isHeld } = occasion.progress
  const types = [
    ...(isCancelled || !isHeld ? ['line.reopened'] : []),
    ...(isHeld ? ['line.released'] : []),
  ]
  return commandLine(occasion, types, { isCancelled: false, isHeld: false })
}

function commandLine(
  occasion: Occasion,
  types: readonly string[],
  after: Partial<Pick<TraceProgress, 'isCancelled' | 'isHeld'>>,
): ToldActivity {
  const { plan, progress } = occasion
  const key = orderKey({ ...replayOwner, orderNumber: plan.orderNumber })
  const data = { orderLineNumber: plan.orderLineNumber, reason: 'done by the buyer in the ERP' }
  return {
    messages: types.map((type) => command(occasion, { kind: 'order', key }, type, data)),
    progress: { ...progress, ...after },
  }
}

function documentMessages(occasion: Occasion, document: TradeDocument): readonly Message[] {
  return addressDocument(document).map(({ aggregate, type, data }) =>
    command(occasion, aggregate, type, data),
  )
}

function command(
  { plan, at, eventNumber }: Occasion,
  aggregate: Message['aggregate'],
  type: string,
  data: MessageData,
  actor: Message['actor'] = { kind: 'connector', id: 'erp', roles: [] },
): Message {
  return {
    id: `${plan.orderNumber}/${eventNumber}/${type}`,
    tenant: replayOwner.tenant as Message['tenant'],
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor,
    causedBy: null,
    data: messageData(data),
  }
}

function toInvoice(
  { plan }: Occasion,
  documentNumber: string,
  invoiceType: 'standard' | 'subsequent-debit' = 'standard',
): Message['aggregate'] {
  const { supplier } = plan.content
  return {
    kind: 'invoice',
    key: invoiceKey({ ...replayOwner, supplier, documentNumber, invoiceType }),
  }
}

function latestInvoice({ plan, progress }: Occasion): string {
  return progress.standingInvoices.at(-1) ?? invoiceNumber(plan, Math.max(1, progress.invoicesSent))
}

function invoiceNumber({ orderNumber }: OrderPlan, number: number): string {
  return `INV-${orderNumber}-${number}`
}

function debitNumber({ orderNumber }: OrderPlan, number: number): string {
  return `SD-${orderNumber}-${number}`
}

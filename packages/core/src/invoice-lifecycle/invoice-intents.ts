import { localDateOf } from '../calendar/time-zone.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { normaliseInvoiceNumber, orderKey } from '../identity/identity.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { RegisteredInvoice } from '../match/match-input.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { correctedKey } from './apply-correction.ts'
import { currentInvoice, makersOf } from './current-invoice.ts'
import { cashDiscountOf } from './describe-payable.ts'
import { billingByOrder, counts } from './invoice-billing.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { firstReceivedAt } from './match-attempt.ts'
import { noticesOf } from './invoice-notices.ts'
import { remedyIntents } from './remedy-intents.ts'
import { dueDateOf } from './wanted-waits.ts'

/** An event of an invoice and the facts before and after it. */
export type InvoiceChange = {
  readonly before: InvoiceFacts
  readonly after: InvoiceFacts
  readonly fact: InvoiceFact
}

/** What the world is told or asked because of one event: registers, orders, other invoices, finance, people and clocks. */
export function invoiceIntents(change: InvoiceChange): Intent[] {
  return [
    ...registerIntents(change),
    ...questions(change),
    ...billingTold(change),
    ...correctionsTold(change),
    ...financeTold(change),
    ...remedyIntents(change),
    ...noticesOf(change),
    ...clocks(change.fact),
  ]
}

function registerIntents({ before, after }: InvoiceChange): Intent[] {
  const entry = registerEntry(after)
  const known = registerEntry(before)
  const invoice = currentInvoice(after)
  if (entry === null || invoice === null) return []
  if (known !== null && canonicalJson(known) === canonicalJson(entry)) return []
  const { tenant, buyerOrganisation } = invoice
  return [
    { kind: 'register-invoice', tenant, buyerOrganisation, invoiceKey: after.invoiceKey, entry },
  ]
}

/** What the supplier's register has to say of this invoice; one that was turned down or withdrawn no longer counts. */
export function registerEntry(facts: InvoiceFacts): RegisteredInvoice | null {
  const invoice = currentInvoice(facts)
  if (invoice === null) return null
  const receivedAt = firstReceivedAt(facts)
  const closedAs = facts.closing?.as
  return {
    supplier: invoice.supplier,
    supplierName: null,
    invoiceNumber: invoice.documentNumber,
    invoiceType: invoice.invoiceType,
    invoiceDate: invoice.invoiceDate,
    totalAmount: invoiceTotal(invoice).amount,
    currency: invoice.currency,
    cancelled: closedAs === 'duplicate' || closedAs === 'rejected' || closedAs === 'cancelled',
    invoiceKey: facts.invoiceKey,
    ...(receivedAt === null ? {} : { receivedAt }),
  }
}

function questions({ after, fact }: InvoiceChange): Intent[] {
  const invoice = currentInvoice(after)
  if (fact.type !== 'match.started' || invoice === null) return []
  const lookUp: Intent = {
    kind: 'look-up-register',
    lookUpId: fact.data.lookUpId,
    replyTo: { kind: 'invoice', key: after.invoiceKey },
    tenant: invoice.tenant,
    buyerOrganisation: invoice.buyerOrganisation,
    supplier: invoice.supplier,
    documentNumber: invoice.documentNumber,
    normalisedNumber: normaliseInvoiceNumber(invoice.documentNumber),
    invoiceType: invoice.invoiceType,
    invoiceDate: invoice.invoiceDate,
    totalAmount: invoiceTotal(invoice).amount,
    currency: invoice.currency,
    correctsInvoiceNumber: invoice.correctsInvoiceNumber ?? null,
  }
  const { attempt, orders } = fact.data
  return [lookUp, ...orders.map((order) => allocationQuestion(after, { invoice, attempt, order }))]
}

function allocationQuestion(
  facts: InvoiceFacts,
  asked: { readonly invoice: Invoice; readonly attempt: number; readonly order: string },
): Intent {
  const { invoice, attempt, order } = asked
  const makers = makersOf(facts)
  const lines = invoice.lines
    .filter((line) => line.orderNumber === order)
    .map((line) => ({
      invoiceLineNumber: line.documentLineNumber,
      orderLineNumber: line.orderLineNumber,
      item: line.item,
      quantity: line.quantity,
      unitOfMeasure: line.unitOfMeasure,
      receiptNumbers: line.receiptNumbers,
      shipNoticeNumber: line.shipNoticeNumber ?? null,
    }))
  return tellOrder(invoice, order, 'allocation.requested', {
    invoiceKey: facts.invoiceKey,
    attempt,
    supplier: invoice.supplier,
    invoiceNumber: invoice.documentNumber,
    invoiceType: invoice.invoiceType,
    ...(invoice.correctsInvoiceNumber === undefined
      ? {}
      : { correctsInvoiceNumber: invoice.correctsInvoiceNumber }),
    invoiceDate: invoice.invoiceDate,
    ...(makers.length > 0 && { enteredBy: makers }),
    lines,
  })
}

function billingTold({ before, after, fact }: InvoiceChange): Intent[] {
  const invoice = currentInvoice(after)
  if (invoice === null) return []
  const was = billingByOrder(before)
  const is = billingByOrder(after)
  // An order that set goods aside for an invoice that will not count has to give them to others.
  const isOver = fact.type === 'invoice.matched' || (!before.closing && after.closing !== null)
  const asked = isOver && !counts(after) ? ordersAsked(after) : []
  const orders = [...new Set([...Object.keys(was), ...Object.keys(is), ...asked])].toSorted()
  return orders.flatMap((order) => {
    const now = is[order]
    if (now === undefined) {
      const data = { invoiceKey: after.invoiceKey }
      return [tellOrder(invoice, order, 'billing.withdrawn', data)]
    }
    const then = was[order]
    if (then !== undefined && canonicalJson(then) === canonicalJson(now)) return []
    return [tellOrder(invoice, order, 'billing.recorded', now)]
  })
}

function ordersAsked({ attempt }: InvoiceFacts): readonly string[] {
  return attempt?.orders ?? []
}

function tellOrder(invoice: Invoice, order: string, type: string, data: object): Intent {
  const { tenant, buyerOrganisation } = invoice
  const key = orderKey({ tenant, buyerOrganisation, orderNumber: order })
  return { kind: 'tell', to: { kind: 'order', key }, type, data: messageData(data) }
}

/** A cancellation, reversal, correction or credit tells the invoice it answers. */
function correctionsTold(change: InvoiceChange): Intent[] {
  const { before, after, fact } = change
  const invoice = currentInvoice(after)
  if (invoice === null) return []
  const { documentNumber, invoiceType } = invoice
  if (fact.type === 'correction.applied') {
    const type = fact.data.effect === 'reverse' ? 'invoice.reversed' : 'invoice.cancelled'
    const reason = `the supplier's ${invoiceType} ${documentNumber}`
    return [tellInvoice(fact.data.invoiceKey, type, { reason, documentNumber })]
  }
  if (invoiceType === 'credit' || invoiceType === 'subsequent-credit') return creditTold(change)
  const key = correctedKey(after, invoice)
  if (key === null) return []
  const replaces = invoiceType === 'correction' && fact.type === 'invoice.matched'
  if (!replaces || !counted(after) || counted(before)) return []
  const reason = `replaced by correction ${documentNumber}`
  return [tellInvoice(key, 'invoice.cancelled', { reason, documentNumber })]
}

/** A credit counts for the invoice it names from its release on, until the release is taken back or it names another. */
function creditTold({ before, after, fact }: InvoiceChange): Intent[] {
  const was = creditedKey(before)
  const is = creditedKey(after)
  const invoice = currentInvoice(after)
  if (invoice === null) return []
  const { documentNumber } = invoice
  const creditInvoiceKey = after.invoiceKey
  // Released again while it is released, it gives back another amount.
  const isGivenAnew = is !== null && (is !== was || fact.type === 'invoice.released')
  const taken =
    was === null || (was === is && !isGivenAnew)
      ? []
      : [
          tellInvoice(was, 'invoice.credit-withdrawn', {
            creditInvoiceKey,
            documentNumber,
            reason: reasonOfWithdrawal(after, { was, is }),
          }),
        ]
  if (!isGivenAnew) return taken
  const amount = invoiceTotal(invoice)
  const given = { creditInvoiceKey, documentNumber, amount }
  return [...taken, tellInvoice(is, 'invoice.credited', given)]
}

function reasonOfWithdrawal(
  { closing }: InvoiceFacts,
  { was, is }: { readonly was: string; readonly is: string | null },
): string {
  if (closing !== null) return `it was closed as ${closing.as}`
  if (is === null) return 'it is held'
  return is === was ? 'it is over another amount' : 'it names another invoice'
}

function creditedKey(facts: InvoiceFacts): string | null {
  const invoice = currentInvoice(facts)
  return invoice === null || facts.released === null ? null : correctedKey(facts, invoice)
}

function counted(facts: InvoiceFacts): boolean {
  return Object.keys(billingByOrder(facts)).length > 0
}

function tellInvoice(
  key: string,
  type: string,
  data: Extract<Intent, { readonly kind: 'tell' }>['data'],
): Intent {
  return { kind: 'tell', to: { kind: 'invoice', key }, type, data }
}

/** Finance is told what may be paid, that a release was taken back, and that an invoice it knows was closed. */
function financeTold({ before, after, fact }: InvoiceChange): Intent[] {
  const invoice = currentInvoice(after)
  if (invoice === null) return []
  const record = (name: string, data: Extract<Intent, { kind: 'write-back' }>['data']): Intent => ({
    kind: 'write-back',
    system: 'finance',
    record: name,
    expectedVersion: null,
    data: { invoiceKey: after.invoiceKey, invoiceNumber: invoice.documentNumber, ...data },
  })
  if (fact.type === 'invoice.released' || fact.type === 'invoice.partly-released') {
    const { payable, because } = fact.data
    const discount = cashDiscountOf(after)
    return [
      record(fact.type === 'invoice.released' ? 'invoice-release' : 'invoice-part-release', {
        supplier: invoice.supplier,
        invoiceType: invoice.invoiceType,
        payable,
        because,
        dueDate: dueDateOf(after),
        cashDiscount: discount,
        businessDate: localDateOf(fact.at, (after.calendar ?? officeHours).timeZone),
      }),
    ]
  }
  if (fact.type === 'invoice.withheld') {
    return [record('invoice-withhold', { because: fact.data.because })]
  }
  const wasKnown = before.released !== null || before.posting !== null
  if (before.closing === null && after.closing !== null && wasKnown) {
    return [record('invoice-withdraw', { because: after.closing.because })]
  }
  return []
}

function clocks(fact: InvoiceFact): Intent[] {
  if (fact.type === 'wait.started') {
    const { timerId, type, dueAt, data } = fact.data
    return [{ kind: 'arm-timer', timerId, type, dueAt, data }]
  }
  if (fact.type === 'wait.ended') {
    return [{ kind: 'cancel-timer', timerId: fact.data.timerId }]
  }
  return []
}

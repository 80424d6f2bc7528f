import {
  compareDecimals,
  equalDecimals,
  isZeroDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { normaliseInvoiceNumber, orderKey } from '../identity/identity.ts'
import { computedTotal } from '../invoice/invoice-total.ts'
import { currentInvoice } from '../invoice-lifecycle/current-invoice.ts'
import {
  matchingState,
  paymentState,
  type InvoiceStatus,
  invoiceStatus,
} from '../invoice-lifecycle/invoice-regions.ts'
import type { InvoiceState } from '../invoice-lifecycle/invoice-state.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { OrderState } from '../order-lifecycle/order-state.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { findConversion } from '../quantity/unit-conversion.ts'
import type { World } from '../world/world.ts'
import { atInvoice, atOrder, type Breach } from './invariant.ts'

/** INV-8: more billed than received is explained by a hold, a case, a tolerance, or a match still to come. */
export function billedQuantities(world: World): readonly Breach[] {
  return eachMatched(world, ({ key, state }) => {
    const { match, holds, cases } = state.facts
    const unexplained = match?.result.checks.filter(
      ({ within, effect, holdCode }) =>
        !within &&
        effect === 'hold' &&
        !holds.some(({ code }) => code === holdCode) &&
        cases.length === 0,
    )
    return (unexplained ?? []).map(({ sentence }) =>
      atInvoice(key, `is matched, and nothing explains: ${sentence}`),
    )
  })
}

/** INV-9: nothing that is stopped is released. */
export function openHolds(world: World): readonly Breach[] {
  return eachInvoice(world, ({ key, state: { facts } }) => {
    const payment = paymentState(facts)
    if (payment !== 'released' && payment !== 'payment-ready') return []
    return facts.holds
      .filter(isOpenHold)
      .map(({ code }) => atInvoice(key, `is ${payment} while hold ${code} is open`))
  })
}

/** INV-10: what is set aside and what no receipt covers add up to what is billed, and no receipt is set aside twice. */
export function allocatedQuantities(world: World): readonly Breach[] {
  const billed = eachInvoice(world, ({ key, state, invoice }) => {
    const { match } = state.facts
    if (match === null) return []
    return invoice.lines.flatMap((line) => {
      const isOwn = (part: { readonly invoiceLineNumber: string }): boolean =>
        part.invoiceLineNumber === line.documentLineNumber
      const parts = [
        ...match.result.allocations.filter(isOwn),
        ...(match.result.remainders ?? []).filter(isOwn),
      ]
      const [first] = parts
      if (first === undefined) return []
      const orderLine = lineOf(world, invoice, first)
      if (orderLine?.unitOfMeasure !== line.unitOfMeasure) return []
      const sum = sumDecimals(parts.map(({ quantity }) => quantity))
      return equalDecimals(sum, line.quantity)
        ? []
        : [
            atInvoice(
              key,
              `line ${line.documentLineNumber} bills ${line.quantity}, and ${sum} is allocated`,
            ),
          ]
    })
  })
  return [
    ...billed,
    ...Object.entries(world.orders).flatMap(([key, order]) => ledgerFindings(key, order)),
  ]
}

function ledgerFindings(key: string, { facts }: OrderState): readonly Breach[] {
  const parts = Object.values(facts.ledger)
    .filter(({ reopened }) => !reopened)
    .flatMap(({ allocations }) => allocations)
  const byReceipt = Map.groupBy(
    parts,
    (part) => `${part.receiptNumber}/${part.receiptLineNumber}/${part.orderLineNumber}`,
  )
  return [...byReceipt].flatMap(([, those]) => {
    const [first] = those
    if (first === undefined) return []
    const received = facts.lines[first.orderLineNumber]?.received ?? []
    const counted = received.filter(
      (one) =>
        one.receiptNumber === first.receiptNumber &&
        one.receiptLineNumber === first.receiptLineNumber,
    )
    const line = facts.issued?.lines.find((one) => one.orderLineNumber === first.orderLineNumber)
    if (counted.some(({ unitOfMeasure }) => unitOfMeasure !== line?.unitOfMeasure)) return []
    const quantity = sumDecimals(counted.map((one): Decimal => one.quantity))
    const allocated = sumDecimals(those.map((part): Decimal => part.quantity))
    return compareDecimals(allocated, quantity) <= 0
      ? []
      : [
          atOrder(
            key,
            `${allocated} of receipt ${first.receiptNumber} is set aside, which counted ${quantity}`,
          ),
        ]
  })
}

/** INV-11: of one supplier no two invoices with one number count, unless a person cleared them. */
export function invoiceNumbers(world: World): readonly Breach[] {
  const counting = Object.entries(world.invoices).flatMap(([key, state]) => {
    const invoice = currentInvoice(state.facts)
    const isBill = invoice !== null && billTypes.has(invoice.invoiceType)
    return isBill && state.facts.closing === null ? [{ key, state, invoice }] : []
  })
  const byNumber = Map.groupBy(counting, ({ invoice }) =>
    [
      invoice.tenant,
      invoice.buyerOrganisation,
      invoice.supplier,
      normaliseInvoiceNumber(invoice.documentNumber),
    ].join('/'),
  )
  return [...byNumber.values()].flatMap((those) => {
    const released = those.filter(({ state }) => releasedStates.has(invoiceStatus(state.facts)))
    const isCleared = released.some(({ state }) => state.facts.duplicate?.decision === 'cleared')
    const [first] = released
    return released.length < 2 || first === undefined || isCleared
      ? []
      : [atInvoice(first.key, `${released.length} invoices with its number are released`)]
  })
}

const billTypes: ReadonlySet<string> = new Set(['standard', 'consolidated', 'self-billed'])
const releasedStates: ReadonlySet<InvoiceStatus> = new Set(['released', 'payment-ready', 'paid'])

/** INV-12: the total is the sum of its parts, or the difference stands in a check. */
export function headerTotals(world: World): readonly Breach[] {
  return eachMatched(world, ({ key, state, invoice }) => {
    if (invoice.totalAmount === null || state.facts.appliedTo !== null) return []
    const difference = subtractDecimals(invoice.totalAmount, computedTotal(invoice))
    if (isZeroDecimal(difference)) return []
    const isBooked = state.facts.match?.result.checks.some(
      ({ check, variance }) =>
        check === 'balance' && variance !== null && equalDecimals(variance, difference),
    )
    return isBooked === true
      ? []
      : [atInvoice(key, `its total is ${difference} off its parts, and no check says so`)]
  })
}

/** INV-13: another currency or unit than ordered is never passed over: a check or a recorded conversion says so. */
export function currenciesAndUnits(world: World): readonly Breach[] {
  return eachMatched(world, ({ key, state, invoice }) => {
    const { answers, match } = state.facts
    const foreign = Object.values(answers).filter(
      ({ view }) => view !== null && view.currency !== invoice.currency,
    )
    const isCompared =
      match?.result.checks.some(({ check }) => check === 'currency' || check === 'fx-rate') ?? false
    return foreign.length === 0 || isCompared || (match?.result.checks.length ?? 0) === 0
      ? []
      : [atInvoice(key, `is in ${invoice.currency}, its order is not, and no check compared them`)]
  })
}

/** INV-14: while a receiving case is open, no invoice for its line was let go after it was opened. */
export function blockedMatching(world: World): readonly Breach[] {
  return Object.entries(world.orders).flatMap(([orderId, order]) =>
    order.desk.cases
      .filter(
        (one) => one.route.blocksMatching && isOpenCase(one) && one.subject.line !== undefined,
      )
      .flatMap(({ subject, openedAt, code }) =>
        eachInvoice(world, ({ key, state: { facts }, invoice }) => {
          const isConcerned = invoice.lines.some(
            (line) =>
              line.orderLineNumber === subject.line &&
              line.orderNumber !== null &&
              orderKey({ ...invoice, orderNumber: line.orderNumber }) === orderId,
          )
          const { released } = facts
          return isConcerned && released !== null && released.at > openedAt
            ? [atInvoice(key, `was released while ${code} on line ${subject.line ?? ''} was open`)]
            : []
        }),
      ),
  )
}

/** INV-24: units are converted by what was in force on the day of the invoice. */
export function effectiveDates(world: World): readonly Breach[] {
  return eachMatched(world, ({ key, state, invoice }) => {
    const { match } = state.facts
    return (match?.result.allocations ?? []).flatMap((part) => {
      const billed = invoice.lines.find(
        (line) => line.documentLineNumber === part.invoiceLineNumber,
      )
      const ordered = lineOf(world, invoice, part)
      if (billed === undefined || ordered === undefined) return []
      if (billed.unitOfMeasure === ordered.unitOfMeasure) return []
      const steps = findConversion({
        from: billed.unitOfMeasure,
        to: ordered.unitOfMeasure,
        on: invoice.invoiceDate,
        item: ordered.item.buyerItem ?? null,
        conversions: ordered.unitConversions,
      })
      return steps === null
        ? [
            atInvoice(
              key,
              `line ${part.invoiceLineNumber} was converted by nothing in force on ${invoice.invoiceDate}`,
            ),
          ]
        : []
    })
  })
}

type InvoicePlace = {
  readonly key: string
  readonly state: InvoiceState
  readonly invoice: Invoice
}

function eachInvoice(
  world: World,
  check: (place: InvoicePlace) => readonly Breach[],
): readonly Breach[] {
  return Object.entries(world.invoices).flatMap(([key, state]) => {
    const invoice = currentInvoice(state.facts)
    return invoice === null ? [] : check({ key, state, invoice })
  })
}

/** Invoices that are open and matched, of which everything has to be explained. */
function eachMatched(
  world: World,
  check: (place: InvoicePlace) => readonly Breach[],
): readonly Breach[] {
  return eachInvoice(world, (place) => {
    const { facts } = place.state
    return facts.closing === null && matchingState(facts) === 'matched' ? check(place) : []
  })
}

function lineOf(
  world: World,
  invoice: Invoice,
  part: { readonly orderNumber: string; readonly orderLineNumber: string },
): OrderLine | undefined {
  const order = world.orders[orderKey({ ...invoice, orderNumber: part.orderNumber })]
  return order?.standing.order?.lines.find((line) => line.orderLineNumber === part.orderLineNumber)
}

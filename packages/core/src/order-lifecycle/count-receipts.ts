import type { Decimal } from '../decimal/decimal.ts'
import {
  addFigures,
  type Figure,
  minFigure,
  signOfFigure,
  subtractFigures,
  readFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { inDeliveryOrder, isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import type { ReceiptCondition } from '../receipt/receipt.ts'
import type { InspectionFact, LineFacts, ReceivedFact } from './order-facts.ts'

/** What was counted of one schedule, in the order line's unit. */
export type ReceiptSums = {
  /** Receipts less reversals. */
  received: Figure
  /** Sent back to the supplier. */
  returned: Figure
  /** Of `returned`, what the supplier does not replace. */
  returnedForGood: Figure
  /** `accepted + rejected + pending = received`. */
  accepted: Figure
  rejected: Figure
  /** Under inspection, blocked or on hold. */
  pending: Figure
  /** The receiver said nothing more will come. */
  isFinal: boolean
}

/** What was counted of a line: by schedule, and what could not be counted. */
export type ReceiptCount = {
  readonly bySchedule: ReadonlyMap<string, ReceiptSums>
  /** Receipts in a unit that cannot be converted; they count for nothing until somebody says what they are. */
  readonly unconverted: readonly ReceivedFact[]
  /** Sent back although it had not been received, in the order line's unit. */
  readonly returnedTooMuch: Figure
  /** Counts of which something is left after reversals, with what that is. */
  readonly standing: readonly StandingCount[]
}

/** One counted line and what is left of it after reversals, in the order line's unit; what was sent back still came. */
export type StandingCount = {
  readonly fact: ReceivedFact
  readonly quantity: Figure
  /** Of `quantity`, what nobody has decided on. */
  readonly pending: Figure
}

/**
 * Adds up what was received of an order line: the last count of every receipt, less what was reversed or sent back, split
 * by what quality decided. A reversal or return that names no receipt takes back the latest ones first.
 */
export function countReceipts(
  line: OrderLine,
  facts: Pick<LineFacts, 'received' | 'inspected'>,
): ReceiptCount {
  const { unconverted, counts, returnedTooMuch } = resolveCounts(line, facts)
  return {
    bySchedule: bySchedule(line, counts),
    unconverted,
    returnedTooMuch,
    standing: counts.flatMap(standingCount),
  }
}

/** One counted line after everything that happened to it, in the order line's unit. */
export type CountedLine = Readonly<Quality> & {
  readonly fact: ReceivedFact
  /** As it was counted, before anything was taken back. */
  readonly counted: Figure
  readonly returned: Figure
  /** Quality control wrote down what it decided. */
  readonly isInspected: boolean
}

/** Every counted line of an order line, in the order in which they were counted; what was reversed whole is among them. */
export function countedLines(
  line: OrderLine,
  facts: Pick<LineFacts, 'received' | 'inspected'>,
): readonly CountedLine[] {
  return resolveCounts(line, facts).counts.map((count) => ({
    ...count,
    counted: inLineUnit(line, count.fact, count.fact.quantity),
    isInspected: facts.inspected.some(
      ({ receiptNumber, receiptLineNumber }) =>
        receiptNumber === count.fact.receiptNumber &&
        receiptLineNumber === count.fact.receiptLineNumber,
    ),
  }))
}

function resolveCounts(
  line: OrderLine,
  facts: Pick<LineFacts, 'received' | 'inspected'>,
): Pick<ReceiptCount, 'unconverted' | 'returnedTooMuch'> & { readonly counts: readonly Count[] } {
  const unconverted: ReceivedFact[] = []
  const counts: Count[] = []
  const takenBack: ReceivedFact[] = []
  for (const fact of facts.received) {
    const on = fact.receivedDate
    if (!canConvert(line, fact.unitOfMeasure, line.unitOfMeasure, on)) unconverted.push(fact)
    else if (fact.receiptType === 'receipt') counts.push(countOf(line, fact))
    else takenBack.push(fact)
  }
  const byNumber = facts.inspected.length + takenBack.length > 0 ? indexed(counts) : noIndex
  decideInspected(line, facts.inspected, byNumber)
  return {
    unconverted,
    counts,
    returnedTooMuch: takeBack({ line, takenBack, counts, byNumber }),
  }
}

function standingCount({ fact, accepted, rejected, pending }: Count): readonly StandingCount[] {
  const quantity = addFigures(addFigures(accepted, rejected), pending)
  return signOfFigure(quantity) > 0 ? [{ fact, quantity, pending }] : []
}

/** One receipt line as it stands after everything that happened to it. */
type Count = {
  readonly fact: ReceivedFact
  accepted: Figure
  rejected: Figure
  pending: Figure
  returned: Figure
  returnedForGood: Figure
}

const badConditions: ReadonlySet<ReceiptCondition> = new Set([
  'damaged',
  'wrong-item',
  'quality',
  'rejected',
  'expired',
  'scrapped',
])

function countOf(line: OrderLine, fact: ReceivedFact): Count {
  const quantity = inLineUnit(line, fact, fact.quantity)
  return {
    fact,
    ...qualityOf(line, fact, quantity),
    returned: zeroFigure,
    returnedForGood: zeroFigure,
  }
}

function qualityOf(line: OrderLine, fact: ReceivedFact, quantity: Figure): Quality {
  const { quantityAccepted, quantityRejected, disposition, conditions } = fact
  if (quantityAccepted !== undefined || quantityRejected !== undefined) {
    const rejected = minFigure(quantity, inLineUnit(line, fact, quantityRejected ?? zero))
    const left = subtractFigures(quantity, rejected)
    const accepted =
      quantityAccepted === undefined && disposition === undefined
        ? left
        : minFigure(left, inLineUnit(line, fact, quantityAccepted ?? zero))
    return { accepted, rejected, pending: subtractFigures(left, accepted) }
  }
  if (disposition === 'return')
    return { accepted: zeroFigure, rejected: quantity, pending: zeroFigure }
  if (disposition !== undefined)
    return { accepted: zeroFigure, rejected: zeroFigure, pending: quantity }
  if (conditions === undefined)
    return { accepted: quantity, rejected: zeroFigure, pending: zeroFigure }
  const bad = conditionSum(line, fact, (condition) => badConditions.has(condition))
  const onHold = conditionSum(line, fact, (condition) => condition === 'on-hold')
  const rejected = minFigure(quantity, bad)
  const pending = minFigure(subtractFigures(quantity, rejected), onHold)
  return {
    rejected,
    pending,
    accepted: subtractFigures(subtractFigures(quantity, rejected), pending),
  }
}

type Quality = Pick<Count, 'accepted' | 'rejected' | 'pending'>
const zero = '0' as Decimal

function conditionSum(
  line: OrderLine,
  fact: ReceivedFact,
  counts: (condition: ReceiptCondition) => boolean,
): Figure {
  let sum = zeroFigure
  for (const { condition, quantity } of fact.conditions ?? []) {
    if (counts(condition)) sum = addFigures(sum, inLineUnit(line, fact, quantity))
  }
  return sum
}

function inLineUnit(line: OrderLine, fact: ReceivedFact, quantity: Decimal): Figure {
  if (fact.unitOfMeasure === line.unitOfMeasure) return readFigure(quantity)
  const { unitOfMeasure, receivedDate: on } = fact
  return inOrderUnit(line, { quantity, unitOfMeasure, on })
}

type CountsByNumber = ReadonlyMap<string, readonly Count[]>
const noIndex: CountsByNumber = new Map()

function indexed(counts: readonly Count[]): CountsByNumber {
  const index = new Map<string, Count[]>()
  for (const count of counts) {
    const found = index.get(count.fact.receiptNumber)
    if (found === undefined) index.set(count.fact.receiptNumber, [count])
    else found.push(count)
  }
  return index
}

/**
 * What an inspection decided replaces what the receipt said; several inspections of one receipt line add up. What is
 * reworked is not decided on until it is inspected again.
 */
function decideInspected(
  line: OrderLine,
  inspected: readonly InspectionFact[],
  byNumber: CountsByNumber,
): void {
  const decided = new Map<Count, { accepted: Figure; rejected: Figure }>()
  for (const inspection of inspected) {
    const count = byNumber
      .get(inspection.receiptNumber)
      ?.find(({ fact }) => fact.receiptLineNumber === inspection.receiptLineNumber)
    if (count === undefined) continue
    const known = decided.get(count) ?? { accepted: zeroFigure, rejected: zeroFigure }
    decided.set(count, {
      accepted: addFigures(known.accepted, readFigure(inspection.quantityAccepted)),
      rejected: addFigures(known.rejected, refusedForGood(inspection)),
    })
  }
  for (const [count, { accepted, rejected }] of decided) {
    const quantity = inLineUnit(line, count.fact, count.fact.quantity)
    count.rejected = minFigure(quantity, rejected)
    count.accepted = minFigure(subtractFigures(quantity, count.rejected), accepted)
    count.pending = subtractFigures(subtractFigures(quantity, count.rejected), count.accepted)
  }
}

/** What an inspection refused, but for what is reworked. */
export function refusedForGood({ disposition, quantityRejected }: InspectionFact): Figure {
  return disposition === 'rework' ? zeroFigure : readFigure(quantityRejected)
}

/** Takes reversals and returns off the receipts they name, else off the latest; gives what was returned too much. */
function takeBack({
  line,
  takenBack,
  counts,
  byNumber,
}: {
  readonly line: OrderLine
  readonly takenBack: readonly ReceivedFact[]
  readonly counts: readonly Count[]
  readonly byNumber: CountsByNumber
}): Figure {
  let tooMuch = zeroFigure
  for (const fact of takenBack) {
    const named = fact.reversesReceiptNumber
    const targets = named === undefined ? counts : (byNumber.get(named) ?? [])
    let rest = inLineUnit(line, fact, fact.quantity)
    for (let index = targets.length - 1; index >= 0 && signOfFigure(rest) > 0; index -= 1) {
      const count = targets[index]
      if (count === undefined) continue
      const taken = minFigure(rest, heldOf(count))
      if (signOfFigure(taken) <= 0) continue
      if (fact.receiptType === 'reversal') reverse(count, taken)
      else giveBack(count, taken, fact.noReplacement === true)
      rest = subtractFigures(rest, taken)
    }
    if (fact.receiptType === 'return') tooMuch = addFigures(tooMuch, rest)
  }
  return tooMuch
}

/** What of a receipt is still in the house. */
function heldOf(count: Count): Figure {
  const received = addFigures(addFigures(count.accepted, count.rejected), count.pending)
  return subtractFigures(received, count.returned)
}

/** A reversed count was never there: what nobody had decided on goes first, then good stock, then bad. */
function reverse(count: Count, quantity: Figure): void {
  let rest = quantity
  for (const state of ['pending', 'accepted', 'rejected'] as const) {
    const taken = minFigure(rest, count[state])
    count[state] = subtractFigures(count[state], taken)
    rest = subtractFigures(rest, taken)
  }
}

function giveBack(count: Count, quantity: Figure, forGood: boolean): void {
  count.returned = addFigures(count.returned, quantity)
  if (forGood) count.returnedForGood = addFigures(count.returnedForGood, quantity)
}

function bySchedule(line: OrderLine, counts: readonly Count[]): ReadonlyMap<string, ReceiptSums> {
  const schedules = inDeliveryOrder(line.schedules)
  const sums = new Map(schedules.map(({ scheduleNumber }) => [scheduleNumber as string, noSums()]))
  for (const count of counts) {
    const places = placesOf(schedules, count.fact.scheduleNumber)
    const [first] = places
    if (places.length === 1 && first !== undefined) {
      addCount(sums.get(first.scheduleNumber), count)
    } else {
      pourCount(places, sums, count)
    }
    if (!isFinalCount(count)) continue
    for (const { scheduleNumber } of places) finish(sums.get(scheduleNumber))
  }
  return sums
}

/** The schedules a named schedule means, which a later version may have split; all of them where none is named. */
function placesOf(
  schedules: readonly OrderSchedule[],
  named: string | undefined,
): readonly OrderSchedule[] {
  if (named === undefined || schedules.length < 2) return schedules
  const fitting = schedules.filter((schedule) => isOfSchedule(schedule.scheduleNumber, named))
  return fitting.length > 0 ? fitting : schedules
}

function finish(sums: ReceiptSums | undefined): void {
  if (sums !== undefined) sums.isFinal = true
}

function noSums(): ReceiptSums {
  return {
    received: zeroFigure,
    returned: zeroFigure,
    returnedForGood: zeroFigure,
    accepted: zeroFigure,
    rejected: zeroFigure,
    pending: zeroFigure,
    isFinal: false,
  }
}

type Share = Pick<Count, 'accepted' | 'rejected' | 'pending' | 'returned' | 'returnedForGood'>

function addCount(
  sums: ReceiptSums | undefined,
  count: Share & { readonly fact: ReceivedFact },
): void {
  if (sums === undefined) return
  for (const state of ['accepted', 'rejected', 'pending'] as const) {
    if (signOfFigure(count[state]) === 0) continue
    sums[state] = addFigures(sums[state], count[state])
    sums.received = addFigures(sums.received, count[state])
  }
  if (signOfFigure(count.returned) !== 0) {
    sums.returned = addFigures(sums.returned, count.returned)
    sums.returnedForGood = addFigures(sums.returnedForGood, count.returnedForGood)
  }
}

/** A count that was reversed whole does not end a delivery. */
function isFinalCount({ fact, accepted, rejected, pending }: Count): boolean {
  if (fact.final !== true) return false
  return signOfFigure(addFigures(addFigures(accepted, rejected), pending)) > 0
}

/** Goods that name no schedule fill the schedules in the order in which they are wanted; what is over is of the last. */
function pourCount(
  places: readonly { readonly scheduleNumber: string; readonly quantityOrdered: Decimal }[],
  sums: ReadonlyMap<string, ReceiptSums>,
  count: Count,
): void {
  const rest: Share = { ...count }
  const last = places.at(-1)
  for (const place of places) {
    const sum = sums.get(place.scheduleNumber)
    if (sum === undefined) continue
    const open = subtractFigures(readFigure(place.quantityOrdered), sum.received)
    const share = place === last ? { ...rest } : shareOf(rest, open)
    if (share === null) continue
    addCount(sum, { ...share, fact: count.fact })
    for (const name of shareNames) rest[name] = subtractFigures(rest[name], share[name])
  }
}

const shareNames = ['accepted', 'rejected', 'pending', 'returned', 'returnedForGood'] as const

function shareOf(rest: Share, open: Figure): Share | null {
  if (signOfFigure(open) <= 0) return null
  const accepted = minFigure(rest.accepted, open)
  const pending = minFigure(rest.pending, subtractFigures(open, accepted))
  const rejected = minFigure(
    rest.rejected,
    subtractFigures(subtractFigures(open, accepted), pending),
  )
  const received = addFigures(addFigures(accepted, pending), rejected)
  if (signOfFigure(received) <= 0) return null
  const returned = minFigure(rest.returned, received)
  return {
    accepted,
    pending,
    rejected,
    returned,
    returnedForGood: minFigure(rest.returnedForGood, returned),
  }
}

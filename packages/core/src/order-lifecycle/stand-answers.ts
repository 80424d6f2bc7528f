import { compareAnswer, promisedDeliveries } from '../acknowledgment/compare-answer.ts'
import {
  addUpAnswer,
  type AnsweredQuantities,
  type AnswerPiece,
  meaningOf,
  spreadAnswer,
  spreadSilence,
} from '../acknowledgment/spread-answer.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { equalDecimals } from '../decimal/decimal-arithmetic.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { joinKey } from '../identity/identity.ts'
import { signOfFigure, writeFigure } from '../match/figure.ts'
import { isOfSchedule } from '../purchase-order/delivery-order.ts'
import { agrees } from '../purchase-order/find-order-line.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { versionAt } from './current-order.ts'
import type {
  AcknowledgmentFact,
  AnswerFact,
  LineFacts,
  OutlineLine,
  OrderVersion,
} from './order-facts.ts'

/** The answer that counts for a schedule. */
export type StandingAnswer = {
  readonly acknowledgment: AcknowledgmentFact
  readonly documentLineNumber: string | null
  readonly pieces: readonly AnswerPiece[]
  readonly sums: AnsweredQuantities
  readonly discrepancies: readonly Discrepancy[]
}

/** One promise of the supplier: when it was made, in which document, and so much for which day. Plain JSON. */
export type SupplierPromise = {
  readonly documentNumber: string
  readonly issuedAt: Instant
  readonly orderVersion: number
  readonly deliveries: readonly {
    readonly date: CalendarDate | null
    readonly dateMeaning: 'delivery' | 'ship'
    readonly quantity: Decimal
  }[]
}

/** What the supplier's answers come to for one line. */
export type LineAnswers = {
  readonly bySchedule: ReadonlyMap<string, StandingAnswer>
  /** What was said last after a final answer, where that is something else. Empty where no answer is final. */
  readonly afterFinal: ReadonlyMap<string, StandingAnswer>
  /** Every promise there was, by issue time, then document; never shortened. */
  readonly promises: ReadonlyMap<string, readonly SupplierPromise[]>
}

/** What the answers to a line are judged by. */
export type AnswerFrame = {
  readonly order: PurchaseOrder
  readonly versions: readonly OrderVersion[]
  readonly acknowledgments: readonly AcknowledgmentFact[]
  /** A new version keeps the confirmation of what it does not change. */
  readonly retainConfirmation: boolean
  /** Whether the supplier's acceptance or refusal of a schedule is its last word, until it is asked again. */
  readonly finalAnswers: boolean
  /** The answers that the supplier was asked to give again, by `line/schedule`. */
  readonly askedAgain: { readonly [schedule: string]: string }
}

/**
 * The answers that count for a line: of each schedule the last one given to the current version. An answer to an older
 * version counts on where nothing it spoke about has changed, or where the new version is what it offered.
 */
export function standingAnswers(
  line: OrderLine,
  facts: Pick<LineFacts, 'answers'>,
  frame: AnswerFrame,
): LineAnswers {
  const bySchedule = new Map<string, StandingAnswer>()
  const afterFinal = new Map<string, StandingAnswer>()
  const finalVersions = new Map<string, number>()
  const promises = new Map<string, SupplierPromise[]>()
  for (const acknowledgment of frame.acknowledgments) {
    const orderVersion = versionAnswered(acknowledgment, frame.versions)
    if (orderVersion === null || orderVersion > frame.order.version) continue
    const statement = statementOf(line, facts.answers, acknowledgment, frame.order)
    for (const schedule of line.schedules) {
      const pieces = statement.spread[schedule.scheduleNumber] ?? []
      if (pieces.length === 0) continue
      addPromise(promises, { schedule, pieces, acknowledgment, orderVersion })
      const standing = standingOf({ line, schedule, pieces, statement, acknowledgment }, frame)
      const { namesQuantity } = statement
      const asked = { line, schedule, standing, orderVersion, namesQuantity }
      if (!stands(asked, frame)) continue
      const { scheduleNumber } = schedule
      const before = bySchedule.get(scheduleNumber)
      const isAnew = orderVersion > (finalVersions.get(scheduleNumber) ?? 0)
      if (
        before !== undefined &&
        !isAnew &&
        isLastWord(before, { line, schedule, standing }, frame)
      ) {
        afterFinal.set(scheduleNumber, standing)
        continue
      }
      bySchedule.set(scheduleNumber, standing)
      afterFinal.delete(scheduleNumber)
      finalVersions.set(scheduleNumber, orderVersion)
    }
  }
  return { bySchedule, afterFinal, promises }
}

/** What was said before is final, nobody asked for it again, and this is something else. */
function isLastWord(
  before: StandingAnswer,
  {
    line,
    schedule,
    standing,
  }: {
    readonly line: OrderLine
    readonly schedule: OrderSchedule
    readonly standing: StandingAnswer
  },
  { finalAnswers, askedAgain }: AnswerFrame,
): boolean {
  if (!finalAnswers) return false
  const place = `${line.orderLineNumber}/${schedule.scheduleNumber}`
  if (askedAgain[place] === before.acknowledgment.documentNumber) return false
  const wasTaken = isTaken(before)
  return wasTaken ? !isTaken(standing) : isRefused(before) && !isRefused(standing)
}

/** All of it is promised as ordered. */
function isTaken({ discrepancies, sums }: StandingAnswer): boolean {
  return discrepancies.length === 0 && signOfFigure(sums.confirmed) > 0
}

/** All of it is refused. */
function isRefused({ sums }: StandingAnswer): boolean {
  const { confirmed, backordered, rejected, pending } = sums
  return (
    signOfFigure(rejected) > 0 &&
    [confirmed, backordered, pending].every((quantity) => signOfFigure(quantity) === 0)
  )
}

/**
 * The version an answer is about: the one it names, else the one current when it was issued. Null when it names a version
 * that was already replaced by then: the supplier works on an old order. A version that the answer itself made is
 * none it could know, whatever the clocks of both sides say.
 */
export function versionAnswered(
  acknowledgment: Pick<AcknowledgmentFact, 'orderVersion' | 'issuedAt' | 'documentNumber'>,
  versions: readonly OrderVersion[],
): number | null {
  const made = joinKey(['answer', acknowledgment.documentNumber, ''])
  const known = versions.filter(({ changeId }) => changeId?.startsWith(made) !== true)
  const current = versionAt(known, acknowledgment.issuedAt)
  const named = acknowledgment.orderVersion
  if (named === null) return current
  return named < current ? null : named
}

type Statement = {
  readonly spread: { readonly [scheduleNumber: string]: readonly AnswerPiece[] }
  /** False where it answers a line as a whole, without saying how much that is. */
  readonly namesQuantity: boolean
  readonly documentLineNumber: string | null
}

function statementOf(
  line: OrderLine,
  answers: readonly AnswerFact[],
  acknowledgment: AcknowledgmentFact,
  order: PurchaseOrder,
): Statement {
  const entries = answers.filter(
    ({ documentNumber }) => documentNumber === acknowledgment.documentNumber,
  )
  const [first] = entries
  if (first === undefined) {
    const spread = spreadSilence(line, acknowledgment.silence, acknowledgment.promisedDate ?? null)
    return { spread, namesQuantity: false, documentLineNumber: null }
  }
  const spread = spreadAnswer(line, entries, dayOfIssue(order))
  const namesQuantity = entries.every(({ wholeLine }) => wholeLine === undefined)
  return { spread, namesQuantity, documentLineNumber: first.documentLineNumber }
}

function addPromise(
  promises: Map<string, SupplierPromise[]>,
  {
    schedule,
    pieces,
    acknowledgment,
    orderVersion,
  }: {
    readonly schedule: OrderSchedule
    readonly pieces: readonly AnswerPiece[]
    readonly acknowledgment: AcknowledgmentFact
    readonly orderVersion: number
  },
): void {
  const deliveries = promisedDeliveries(schedule, pieces)
  if (deliveries.length === 0) return
  const known = promises.get(schedule.scheduleNumber) ?? []
  known.push({
    documentNumber: acknowledgment.documentNumber,
    issuedAt: acknowledgment.issuedAt,
    orderVersion,
    deliveries: deliveries.map(({ date, dateMeaning, quantity }) => ({
      date,
      dateMeaning,
      quantity: writeFigure(quantity),
    })),
  })
  promises.set(schedule.scheduleNumber, known)
}

function standingOf(
  {
    line,
    schedule,
    pieces,
    statement,
    acknowledgment,
  }: {
    readonly line: OrderLine
    readonly schedule: OrderSchedule
    readonly pieces: readonly AnswerPiece[]
    readonly statement: Statement
    readonly acknowledgment: AcknowledgmentFact
  },
  { order }: AnswerFrame,
): StandingAnswer {
  const { documentLineNumber } = statement
  const place = {
    documentNumber: acknowledgment.documentNumber,
    documentLineNumber,
    orderNumber: order.orderNumber,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber: schedule.scheduleNumber,
  }
  const { currency } = order
  const on = dayOfIssue(order)
  return {
    acknowledgment,
    documentLineNumber,
    pieces,
    sums: addUpAnswer(pieces),
    discrepancies: compareAnswer({ currency, line, schedule, pieces, on, place }),
  }
}

function stands(
  asked: {
    readonly line: OrderLine
    readonly schedule: OrderSchedule
    readonly standing: StandingAnswer
    readonly orderVersion: number
    readonly namesQuantity: boolean
  },
  frame: AnswerFrame,
): boolean {
  const { line, schedule, standing, orderVersion, namesQuantity } = asked
  if (orderVersion === frame.order.version) return true
  const answered = frame.versions.find(({ version }) => version === orderVersion)
  const before = answered?.lines.find((one) => one.orderLineNumber === line.orderLineNumber)
  if (before === undefined) return false
  const changed = changedSince(before, line, schedule)
  if (!Object.values(changed).includes(true)) return frame.retainConfirmation
  if ((changed.quantity && !namesQuantity) || standing.discrepancies.length > 0) return false
  return saysAll(standing.pieces, changed, line)
}

type Changed = {
  readonly quantity: boolean
  readonly date: boolean
  readonly price: boolean
  readonly unit: boolean
  readonly item: boolean
}

function changedSince(before: OutlineLine, line: OrderLine, schedule: OrderSchedule): Changed {
  const was =
    before.schedules.find(({ scheduleNumber }) => scheduleNumber === schedule.scheduleNumber) ??
    before.schedules.find(({ scheduleNumber }) =>
      isOfSchedule(schedule.scheduleNumber, scheduleNumber),
    )
  return {
    quantity: was === undefined || !equalDecimals(was.quantityOrdered, schedule.quantityOrdered),
    date:
      was === undefined ||
      was.requestedDate !== schedule.requestedDate ||
      was.deliverNotBefore !== schedule.deliverNotBefore,
    price: !isSamePrice(before, line),
    unit: before.unitOfMeasure !== line.unitOfMeasure,
    item: !agrees(before.item, line.item),
  }
}

function isSamePrice(before: OutlineLine, line: OrderLine): boolean {
  const { amount, perQuantity, perUnitOfMeasure } = before.price
  return (
    equalDecimals(amount, line.price.amount) &&
    equalDecimals(perQuantity, line.price.perQuantity) &&
    perUnitOfMeasure === line.price.perUnitOfMeasure
  )
}

/** True where an answer that agrees with the new version said so itself about everything that changed. */
function saysAll(pieces: readonly AnswerPiece[], changed: Changed, line: OrderLine): boolean {
  return pieces
    .filter(({ response }) => meaningOf(response) === 'confirmed')
    .every(
      ({ response }) =>
        (!changed.date || response.promisedDate !== null) &&
        (!changed.price || response.price !== undefined) &&
        (!changed.item || agrees(line.item, response.substituteItem)),
    )
}

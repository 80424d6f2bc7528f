import {
  type AcknowledgmentAction,
  type AcknowledgmentLine,
  type WholeLineAnswer,
  compareDates,
  equalDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { identifyItem, readItemNumbers } from '../element/item-numbers.ts'
import { readOwedPrice, type StatedPrice } from '../element/read-price.ts'
import {
  countsAlike,
  isAboveZero,
  readQuantity,
  type StatedQuantity,
} from '../element/read-quantity.ts'
import { cutText } from '../finding/finding-log.ts'
import type { LineNumbering } from '../loop/line-numbers.ts'
import { splitParties } from '../loop/parties.ts'
import type { SetLine } from '../loop/split-lines.ts'
import { takeLineReference } from '../loop/line-reference.ts'
import { note, type SetReading, takeAll } from '../set/set-reading.ts'
import { hasElement, type Segment } from '../syntax/segment.ts'
import { type DatePromise, readPromise, readPromiseAt } from './promised-dates.ts'
import { readLineStatus } from './read-line-status.ts'
import { type AnswerPart, isAccepting, splitAnswer } from './split-answer.ts'

/** What a line takes from the rest of its acknowledgment. */
export type AcknowledgmentFrame = {
  readonly numbering: LineNumbering
  /** What BAK02 says about a line without an ACK. */
  readonly listedLines: AcknowledgmentAction
  /** The date promised for the order as a whole. */
  readonly promise: DatePromise | null
}

/** An acknowledgment line as a draft carries it. */
export type AcknowledgmentLineDraft = z.input<typeof AcknowledgmentLine>
type ResponseDraft = AcknowledgmentLineDraft['responses'][number]

/** A PO1 with its ACKs and schedules. */
export const mapAcknowledgmentLine = (
  reading: SetReading,
  line: SetLine,
  frame: AcknowledgmentFrame,
): AcknowledgmentLineDraft => {
  const { start } = line
  const { stated, own } = frame.numbering.claim(start, 1)
  reading.use(start)
  reading.traceLine(start)
  const { rest } = splitParties(line.below)
  const numbers = readItemNumbers(reading, start, 6)
  const item = identifyItem(reading, start, numbers)
  const ordered = hasElement(start, 2)
    ? readQuantity(reading, { segment: start, element: 2 }, 3)
    : null
  const parts = readParts(reading, { start, below: rest }, { ordered, frame })
  const isOwn = reading.settings.acknowledgment.lineNumbers === 'own'
  const reference = takeLineReference(reading, numbers, rest)
  return {
    documentLineNumber: own,
    orderLineNumber: reference ?? (isOwn ? null : stated),
    ...(isOwn && stated !== null ? { supplierLineNumber: stated } : {}),
    item,
    ...answerOf(reading, parts, {
      promise: readPromise(reading, rest) ?? frame.promise,
      price:
        ordered === null
          ? null
          : readOwedPrice(reading, start, rest, {
              unitOfMeasure: ordered.unitOfMeasure,
              severity: 'warning',
            }),
      schedules: readScheduleParts(reading, rest),
      ordered,
    }),
  }
}

const readParts = (
  reading: SetReading,
  { start, below }: Pick<SetLine, 'start' | 'below'>,
  {
    ordered,
    frame,
  }: { readonly ordered: StatedQuantity | null; readonly frame: AcknowledgmentFrame },
): readonly AnswerPart[] => {
  const statuses = takeAll(reading, below, 'ACK').map((segment) => readLineStatus(reading, segment))
  const [first, ...others] = statuses
  if (first !== undefined) return splitAnswer(reading, [first, ...others], ordered)
  note(
    reading,
    'x12-line-status-missing',
    { segment: start },
    {
      severity: 'info',
      sentence: `the line carries no ACK: what it states is taken as ${frame.listedLines === 'accept' ? 'what the supplier accepts' : `the answer \`${frame.listedLines}\``}, to be compared with the order`,
    },
  )
  const hasQuantity = ordered !== null && isAboveZero(ordered.quantity)
  return [
    {
      segment: start,
      // A line sent back with zero takes none of it.
      action: ordered !== null && !hasQuantity ? 'reject' : frame.listedLines,
      quantity: hasQuantity ? ordered.quantity : null,
      unitOfMeasure: ordered?.unitOfMeasure ?? null,
      promise: null,
      substitute: null,
      codes: '',
      reasonText: '',
      isBalance: false,
    },
  ]
}

/** A SCH of an 855: so much on that day. */
type SchedulePart = StatedQuantity & { readonly segment: Segment; readonly promise: DatePromise }

const readScheduleParts = (
  reading: SetReading,
  below: readonly Segment[],
): readonly SchedulePart[] =>
  takeAll(reading, below, 'SCH').flatMap((segment) => {
    const stated = readQuantity(reading, { segment, element: 1 }, 2)
    const promise = readPromiseAt(reading, segment, 5)
    if (stated === null || promise === null || !isAboveZero(stated.quantity)) return []
    return [{ segment, ...stated, promise }]
  })

type AnswerFrame = {
  readonly promise: DatePromise | null
  readonly price: StatedPrice | null
  readonly schedules: readonly SchedulePart[]
  readonly ordered: StatedQuantity | null
}

const answerOf = (
  reading: SetReading,
  parts: readonly AnswerPart[],
  frame: AnswerFrame,
): Pick<AcknowledgmentLineDraft, 'responses' | 'wholeLine'> => {
  const [only] = parts
  if (only !== undefined && parts.length === 1 && only.quantity === null) {
    return { responses: [], wholeLine: commonFields(only, frame) }
  }
  const scheduled = parts.flatMap((part) => scheduleParts(reading, part, { parts, ...frame }))
  return { responses: scheduled.flatMap((part) => responseOf(part, frame)) }
}

const responseOf = (part: AnswerPart, frame: AnswerFrame): readonly ResponseDraft[] => {
  const unitOfMeasure = part.unitOfMeasure ?? frame.ordered?.unitOfMeasure
  if (part.quantity === null || unitOfMeasure === undefined) return []
  return [{ ...commonFields(part, frame), quantity: part.quantity, unitOfMeasure }]
}

const reasonCodeCharactersMax = 40
const reasonTextCharactersMax = 400

/** Codes that state no reason of their own. */
const plainCodes: ReadonlySet<string> = new Set(['', 'IA'])

const commonFields = (
  part: AnswerPart,
  { promise, price }: AnswerFrame,
): z.input<typeof WholeLineAnswer> => {
  const isTaken = isAccepting(part) || part.action === 'backorder'
  const date =
    isTaken && part.action !== 'pending' ? (part.promise ?? ownPromise(part, promise)) : null
  const isPriced = isAccepting(part) && price !== null && !part.codes.split('+').includes('IE')
  return {
    action: part.action,
    promisedDate: date?.date ?? null,
    dateMeaning: date?.meaning ?? 'delivery',
    ...(isPriced ? { price: price.price } : {}),
    ...(part.substitute === null || part.action !== 'substitute'
      ? {}
      : { substituteItem: part.substitute }),
    ...(plainCodes.has(part.codes)
      ? {}
      : { reasonCode: cutText(part.codes, reasonCodeCharactersMax) }),
    ...(part.reasonText === ''
      ? {}
      : { reasonText: cutText(part.reasonText, reasonTextCharactersMax) }),
  }
}

/** A date for the whole line is when accepted goods come; when backordered ones do, only their own date says. */
const ownPromise = (part: AnswerPart, promise: DatePromise | null): DatePromise | null =>
  part.action === 'backorder' ? null : promise

/**
 * Cuts the one accepted part of a line at its schedules, which say when each piece of it comes. Schedules
 * that do not add up to it give only their latest day.
 */
const scheduleParts = (
  reading: SetReading,
  part: AnswerPart,
  { parts, schedules }: AnswerFrame & { readonly parts: readonly AnswerPart[] },
): readonly AnswerPart[] => {
  const [first] = schedules
  const isOnly = parts.filter(isAccepting).length === 1
  if (first === undefined || !isOnly || !isAccepting(part) || part.promise !== null) return [part]
  if (part.quantity === null) return [{ ...part, promise: latestOf(schedules) }]
  const alike = schedules.every(
    ({ unitOfMeasure }) =>
      part.unitOfMeasure === null || countsAlike(unitOfMeasure, part.unitOfMeasure),
  )
  const sum = sumDecimals(schedules.map(({ quantity }) => quantity))
  if (alike && equalDecimals(sum, part.quantity)) {
    return schedules.map(({ quantity, promise }) => ({ ...part, quantity, promise }))
  }
  note(
    reading,
    'x12-schedule-sum',
    { segment: first.segment },
    {
      severity: 'warning',
      sentence: `the schedules do not add up to the quantity accepted: the latest of their days is taken for all of it`,
    },
  )
  return [{ ...part, promise: latestOf(schedules) }]
}

const latestOf = (schedules: readonly SchedulePart[]): DatePromise | null =>
  schedules.map(({ promise }) => promise).toSorted((a, b) => compareDates(b.date, a.date))[0] ??
  null

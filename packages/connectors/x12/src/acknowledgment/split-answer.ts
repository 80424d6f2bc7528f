import {
  type AcknowledgmentAction,
  type Decimal,
  isNegativeDecimal,
  isZeroDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type { ItemDraft } from '../element/item-numbers.ts'
import { countsAlike, isAboveZero, type StatedQuantity } from '../element/read-quantity.ts'
import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'
import type { DatePromise } from './promised-dates.ts'
import type { LineStatus } from './read-line-status.ts'

/** A part of a line's answer before prices and dates are filled in. */
export type AnswerPart = {
  readonly segment: Segment
  readonly action: AcknowledgmentAction
  /** Null: all that the other parts leave. */
  readonly quantity: Decimal | null
  readonly unitOfMeasure: UnitOfMeasure | null
  readonly promise: DatePromise | null
  readonly substitute: ItemDraft | null
  /** The ACK01 codes behind it, joined with a plus. */
  readonly codes: string
  readonly reasonText: string
  /** True for the balance that BP and IQ leave unsaid; it may come to nothing. */
  readonly isBalance: boolean
}

/**
 * The parts of a line's answer. Several ACKs are parts that add up to the line; an accepting ACK without a
 * quantity beside others that have one qualifies those (`IP` the price, `DR` the date, `IS` the item of one
 * answer), a refusing one speaks of the rest.
 */
export const splitAnswer = (
  reading: SetReading,
  statuses: readonly [LineStatus, ...LineStatus[]],
  ordered: StatedQuantity | null,
): readonly AnswerPart[] => {
  const counted = statuses.filter((status) => status.quantity !== null)
  if (counted.length === 0) {
    const [first, ...others] = statuses
    noteMixed(reading, statuses)
    return fillRest(reading, [mergeParts(partOf(first), others.map(partOf))], ordered)
  }
  const uncounted = statuses.filter((status) => status.quantity === null).map(partOf)
  const qualifiers = uncounted.filter(isAccepting)
  const parts = counted
    .flatMap((status) => partsOf(reading, status))
    .map((part) => (isAccepting(part) ? mergeParts(part, qualifiers) : part))
  return fillRest(reading, [...parts, ...uncounted.filter((part) => !isAccepting(part))], ordered)
}

const noteMixed = (reading: SetReading, statuses: readonly LineStatus[]): void => {
  const refusing = statuses.find((status) => !isAccepting(status))
  if (refusing === undefined || !statuses.some(isAccepting)) return
  note(
    reading,
    'x12-line-status-mixed',
    { segment: refusing.segment },
    {
      severity: 'warning',
      sentence: `the line is both taken and not taken, and no quantity says how much of each: ${quoted(refusing.code)} is believed for all of it`,
    },
  )
}

/** Whether a part takes the order, so that a price, a date or another item says something about it. */
export const isAccepting = ({ action }: { readonly action: AcknowledgmentAction }): boolean =>
  action === 'accept' || action === 'substitute' || action === 'shipped' || action === 'pending'

const partOf = (status: LineStatus): AnswerPart => ({
  segment: status.segment,
  action: status.code === 'IC' && status.item !== null ? 'substitute' : status.action,
  quantity: status.quantity,
  unitOfMeasure: status.unitOfMeasure,
  promise: status.promise,
  substitute: status.code === 'IS' || status.code === 'IC' ? status.item : null,
  codes: status.code,
  reasonText: status.reasonText,
  isBalance: false,
})

/** One ACK is one part, but BP and IQ speak of two: what is taken, and the balance. */
const partsOf = (reading: SetReading, status: LineStatus): readonly AnswerPart[] => {
  const part = partOf(status)
  const { quantity } = part
  if (quantity === null || !isAboveZero(quantity)) return zeroPart(reading, part)
  const rest = { ...part, quantity: null, promise: null, substitute: null, isBalance: true }
  const isOwn = Object.hasOwn(reading.settings.acknowledgment.statusCodes, status.code)
  if (isOwn) return [part]
  if (status.code === 'IQ') return [part, { ...rest, action: 'reject' }]
  if (status.code !== 'BP') return [part]
  return reading.settings.acknowledgment.partialShipQuantity === 'accepted'
    ? [part, { ...rest, action: 'backorder' }]
    : [
        { ...part, action: 'backorder' },
        { ...rest, action: 'accept', promise: part.promise },
      ]
}

/** `IR` with zero means zero accepted, all refused; `IA` or `IQ` with zero leaves nothing accepted. */
const zeroPart = (reading: SetReading, part: AnswerPart): readonly AnswerPart[] => {
  if (!isAccepting(part)) return [{ ...part, quantity: null }]
  note(
    reading,
    'x12-zero-accepted',
    { segment: part.segment, element: 2 },
    {
      severity: 'warning',
      sentence: `status ${quoted(part.codes)} accepts a quantity of zero: the rest of the line counts as refused`,
    },
  )
  return [{ ...part, action: 'reject', quantity: null, promise: null, substitute: null }]
}

/** Of several statuses that speak of the same goods, the one that changes most is the answer. */
const weights: readonly AcknowledgmentAction[] = [
  'reject',
  'cancel',
  'hold',
  'substitute',
  'backorder',
  'pending',
  'shipped',
  'accept',
]

const mergeParts = (first: AnswerPart, others: readonly AnswerPart[]): AnswerPart =>
  others.reduce(
    (merged, part) => ({
      ...merged,
      action:
        weights.indexOf(part.action) < weights.indexOf(merged.action) ? part.action : merged.action,
      promise: merged.promise ?? part.promise,
      substitute: merged.substitute ?? part.substitute,
      codes: `${merged.codes}+${part.codes}`,
      reasonText: [merged.reasonText, part.reasonText].filter((text) => text !== '').join(', '),
    }),
    first,
  )

/** Gives the part without a quantity what the others leave of the line, and checks that all add up to it. */
const fillRest = (
  reading: SetReading,
  parts: readonly AnswerPart[],
  ordered: StatedQuantity | null,
): readonly AnswerPart[] => {
  if (ordered === null || !isAboveZero(ordered.quantity)) return fillUnknown(reading, parts)
  const stated = parts.filter((part) => part.quantity !== null)
  const odd = stated.find(
    ({ unitOfMeasure }) =>
      unitOfMeasure !== null && !countsAlike(unitOfMeasure, ordered.unitOfMeasure),
  )
  if (odd !== undefined) {
    noteUnits(reading, odd, ordered)
    return stated
  }
  const sum = sumDecimals(stated.flatMap(({ quantity }) => quantity ?? []))
  const rest = trimDecimal(subtractDecimals(ordered.quantity, sum))
  const [open, ...tooMany] = parts.filter((part) => part.quantity === null)
  const hasRest = isAboveZero(rest)
  noteSum(reading, parts, { rest, sum, ordered, isFilled: hasRest && open !== undefined })
  noteDropped(reading, hasRest || open === undefined ? tooMany : [open, ...tooMany])
  return parts.flatMap((part) => {
    if (part.quantity !== null) return part
    return part === open && hasRest
      ? { ...part, quantity: rest, unitOfMeasure: ordered.unitOfMeasure }
      : []
  })
}

/** Without an ordered quantity only a line answered as a whole can do without one of its own. */
const fillUnknown = (reading: SetReading, parts: readonly AnswerPart[]): readonly AnswerPart[] => {
  if (parts.length === 1) return parts
  noteDropped(
    reading,
    parts.filter((part) => part.quantity === null),
  )
  return parts.filter((part) => part.quantity !== null)
}

const noteUnits = (
  reading: SetReading,
  { segment, unitOfMeasure }: AnswerPart,
  ordered: StatedQuantity,
): void =>
  note(
    reading,
    'x12-acknowledgment-unit',
    { segment, element: 3 },
    {
      severity: 'warning',
      sentence: `the line is ordered in ${quoted(ordered.unitOfMeasure)} and answered in ${quoted(unitOfMeasure ?? '')}: what is answered and what is left cannot be added up`,
    },
  )

const noteSum = (
  reading: SetReading,
  [first]: readonly AnswerPart[],
  {
    rest,
    sum,
    ordered,
    isFilled,
  }: {
    readonly rest: Decimal
    readonly sum: Decimal
    readonly ordered: StatedQuantity
    readonly isFilled: boolean
  },
): void => {
  if (first === undefined || isFilled || isZeroDecimal(rest)) return
  const isShort = !isNegativeDecimal(rest)
  note(
    reading,
    isShort ? 'x12-acknowledgment-short' : 'x12-acknowledgment-over',
    { segment: first.segment },
    {
      severity: 'warning',
      sentence: isShort
        ? `the answers add up to ${quoted(sum)} of ${quoted(ordered.quantity)}: nothing is said about ${quoted(rest)}`
        : `the answers add up to ${quoted(sum)}, more than the line's ${quoted(ordered.quantity)}`,
    },
  )
}

const noteDropped = (reading: SetReading, parts: readonly AnswerPart[]): void => {
  for (const { segment, codes, isBalance } of parts) {
    if (isBalance) continue
    note(
      reading,
      'x12-line-status-dropped',
      { segment },
      {
        severity: 'warning',
        sentence: `status ${quoted(codes)} names no quantity and the other answers leave none: it is left out`,
      },
    )
  }
}

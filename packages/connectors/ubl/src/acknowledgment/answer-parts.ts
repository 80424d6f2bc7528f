import { type Decimal, equalDecimals, isPositiveDecimal, sumDecimals } from '@counterfoil/core'
import { childrenOf } from '../field/find-element.ts'
import { countsAlike, quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { type Answer, type ResponseDraft, takes } from './read-answer.ts'
import { type DatePromise, promiseOf } from './read-promise.ts'

/** A Delivery of a line: so much, or nothing said of how much, on that day. */
export type Delivery = {
  readonly element: XmlElement
  readonly quantity: StatedQuantity | undefined
  readonly promise: DatePromise | null
}

/** The deliveries of a line, in their order. */
export const deliveriesOf = (
  reading: UblReading,
  lineItem: XmlElement,
  stated: StatedQuantity | undefined,
): readonly Delivery[] =>
  childrenOf(lineItem, 'Delivery').map((element) => {
    const quantity = quantityAt(reading, element, ['Quantity'], stated?.unitOfMeasure)
    return {
      element,
      quantity: quantity !== undefined && isPositiveDecimal(quantity.value) ? quantity : undefined,
      promise: promiseOf(reading, element),
    }
  })

/** What is taken now: one part, or one for each delivery where the deliveries come to it. */
export const partsOf = (
  reading: UblReading,
  {
    answer,
    taken,
    deliveries,
    promise,
  }: {
    readonly answer: Answer
    readonly taken: StatedQuantity | undefined
    readonly deliveries: readonly Delivery[]
    readonly promise: DatePromise | null
  },
): readonly ResponseDraft[] => {
  const counted = deliveries.flatMap((delivery) =>
    delivery.quantity === undefined ? [] : [{ ...delivery, quantity: delivery.quantity }],
  )
  const [first] = counted
  if (first !== undefined && (taken === undefined || comesTo(counted, taken))) {
    return counted.map((one) => partOf(answer, one.quantity, one.promise ?? promise))
  }
  if (taken === undefined) return []
  if (first === undefined) return [partOf(answer, taken, promise)]
  note(reading, 'ubl-deliveries-differ', first.element, {
    severity: 'warning',
    sentence: `the deliveries of the line do not come to the ${quoted(taken.value)} it takes: the latest of their days is taken for all of it`,
  })
  return [partOf(answer, taken, latestOf(deliveries) ?? promise)]
}

const comesTo = (
  counted: readonly { readonly quantity: StatedQuantity }[],
  { value, unitOfMeasure }: StatedQuantity,
): boolean =>
  counted.every(({ quantity }) => countsAlike(quantity.unitOfMeasure, unitOfMeasure)) &&
  equalDecimals(sumDecimals(counted.map(({ quantity }): Decimal => quantity.value)), value)

const latestOf = (deliveries: readonly Delivery[]): DatePromise | null =>
  deliveries
    .flatMap(({ promise }) => promise ?? [])
    .toSorted((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null

const partOf = (
  answer: Answer,
  { value, unitOfMeasure }: StatedQuantity,
  promise: DatePromise | null,
): ResponseDraft => ({ ...answer, quantity: value, unitOfMeasure, ...dateOf(answer, promise) })

/** When goods come, or leave; a part that is not taken has no day. */
export const dateOf = (
  answer: Pick<Answer, 'action'>,
  promise: DatePromise | null,
): Pick<ResponseDraft, 'promisedDate' | 'dateMeaning'> => {
  const isPromised = promise !== null && takes(answer)
  return {
    promisedDate: isPromised ? promise.date : null,
    dateMeaning: isPromised ? promise.meaning : 'delivery',
  }
}

/** MaximumBackorderQuantity of a response: what comes later, beside what comes now (Peppol T76, T116). */
export const backorderOf = (
  answer: Answer,
  later: StatedQuantity | undefined,
): readonly ResponseDraft[] => {
  if (later === undefined || !isPositiveDecimal(later.value)) return []
  const { reasonCode, reasonText } = answer
  return [
    {
      action: 'backorder',
      quantity: later.value,
      unitOfMeasure: later.unitOfMeasure,
      promisedDate: null,
      dateMeaning: 'delivery',
      reasonCode,
      reasonText,
    },
  ]
}

import { factReaders } from '../facts/fact-readers.ts'
import { writeFactPlace } from '../facts/fact-path.ts'
import type { OpenRecord, PlaceReader } from '../facts/place-reader.ts'
import type { EvaluablePlace } from './evaluable-rule-set.ts'

/** The value at a place of the facts; `undefined` where something on the way is missing. */
export const readPlace = (place: EvaluablePlace, facts: OpenRecord): unknown => {
  let value = ownValue(facts, place.fact)
  if (typeof value !== 'object' || value === null) return value
  for (const step of place.steps) {
    if (typeof value !== 'object' || value === null) return undefined
    value = ownValue(value, step)
  }
  return value
}

const ownValue = (object: object, key: string | number): unknown =>
  Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined

/**
 * The reader of a place: the one written for it where a schema of the facts names it. Other places (a
 * buyer's own attributes, a position in a list) are walked to, by fields of their own only, since their
 * names are free and one may be `toString`.
 */
export const readerOf = (place: EvaluablePlace): PlaceReader =>
  factReaders.get(writeFactPlace(place.fact, place.steps)) ??
  ((facts: OpenRecord) => readPlace(place, facts))

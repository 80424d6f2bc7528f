import type { FactPlace } from '../evaluate/checked-rule.ts'
import { slotValues } from '../evaluate/decide.ts'
import type { DecisionRecord } from '../evaluate/decision-record.ts'
import { placesOf } from '../explain/decision-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/** Whether it is known what stood at a place when a decision was made. */
export type IsKnown = (place: FactPlace) => boolean

/**
 * What the record of a decision says about places another version looks at. A record keeps the places its own version
 * looked at, those with nothing included; from them it follows that nothing stands inside nothing, and that a
 * record was there where something in it was.
 */
export const knownPlaces = (loaded: LoadedRuleSet, record: DecisionRecord): IsKnown => {
  const values = slotValues(loaded, record)
  const seen = new Map(
    placesOf(loaded).map((place, slot) => [place.text, { place, value: values[slot] }] as const),
  )
  return (place) => {
    if (seen.has(place.text)) return true
    if (place.prefixes.some((prefix) => isEndOfTheWay(seen.get(prefix)))) return true
    if (place.type.kind !== 'record') return false
    return [...seen.values()].some(
      (one) => one.place.prefixes.includes(place.text) && isThere(one.value),
    )
  }
}

type Seen = { readonly place: FactPlace; readonly value: unknown }

/** Nothing, one value, or a list, which is kept whole: what stands further in is known. */
const isEndOfTheWay = (seen: Seen | undefined): boolean =>
  seen !== undefined && (seen.place.type.kind !== 'record' || !isThere(seen.value))

const isThere = (value: unknown): boolean => value !== undefined && value !== null

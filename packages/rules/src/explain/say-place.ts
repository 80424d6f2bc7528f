import type { FactPlace } from '../evaluate/checked-rule.ts'
import { fillTemplate } from './fill-template.ts'
import type { Language, PlaceWords } from './language.ts'

type Named = { readonly words: PlaceWords; readonly name: string; readonly position: number | null }

/** What a person calls a place of the facts: "the difference in percent". */
export const sayPlace = (place: FactPlace, language: Language): string => {
  const named = namedPlace(place, language)
  if (named === null) return fillTemplate(language.unknownPlace, { place: place.text })
  const { words, name, position } = named
  const said = fillTemplate(typeof words === 'string' ? words : words.name, { name })
  return position === null
    ? said
    : fillTemplate(language.member, { place: said, position: String(position + 1) })
}

/** What the number at a place counts, where the language has a word for it. */
export const unitOfPlace = (place: FactPlace, language: Language): 'percent' | 'days' | null => {
  const named = namedPlace(place, language)
  return named === null || typeof named.words === 'string' ? null : named.words.unit
}

const namedPlace = (place: FactPlace, language: Language): Named | null => {
  const last = place.steps.at(-1)
  const whole = place.prefixes.at(-2)
  const itself = wordsOf(place.text, language)
  if (itself !== undefined) return { words: itself, name: String(last ?? ''), position: null }
  if (last === undefined || whole === undefined) return null
  const words = wordsOf(typeof last === 'number' ? whole : `${whole}.*`, language)
  if (words === undefined) return null
  return { words, name: String(last), position: typeof last === 'number' ? last : null }
}

const wordsOf = (text: string, { places }: Language): PlaceWords | undefined =>
  Object.hasOwn(places, text) ? places[text] : undefined

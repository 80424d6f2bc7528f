import { isDecimal, trimDecimal } from '@counterfoil/core'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import { fillTemplate } from './fill-template.ts'
import type { Language } from './language.ts'
import { unitOfPlace } from './say-place.ts'

/** The most members of a list that a sentence shows. */
export const membersShownMax = 6

/** Text longer than this is cut in a sentence. */
const textLengthMax = 80

/**
 * A value as a person reads it, in the unit of the place it stands at or is compared with. What a fact holds is
 * this `and` that; what it is compared with may be this `or` that.
 */
export const sayValue = (
  value: unknown,
  place: FactPlace,
  language: Language,
  joined: 'and' | 'or' = 'and',
): string => {
  if (!Array.isArray(value)) return saySingle(value, place, language)
  const { listOr, listAnd, emptyList } = language.values
  const shown = value.slice(0, membersShownMax).map((one) => saySingle(one, place, language))
  if (shown.length === 0) return emptyList
  const others = value.length - shown.length
  if (others > 0) {
    shown.push(fillTemplate(language.sentences.more, { count: String(others) }))
  }
  return joinWords(shown, language, joined === 'and' ? listAnd : listOr)
}

const joinWords = (words: readonly string[], { values }: Language, last: string): string =>
  words.length < 2
    ? words.join('')
    : words.slice(0, -1).join(values.listComma) + last + (words.at(-1) ?? '')

const saySingle = (value: unknown, place: FactPlace, language: Language): string => {
  const { values } = language
  switch (typeof value) {
    case 'boolean':
      return value ? values.yes : values.no
    case 'number':
    case 'bigint':
      return sayNumber(String(value), place, language)
    case 'string':
      return sayText(value, place, language)
    case 'undefined':
      return values.missing
    case 'object':
      return value === null ? values.missing : values.given
    case 'function':
    case 'symbol':
      return values.given
  }
}

const sayText = (value: string, place: FactPlace, language: Language): string => {
  if (place.type.kind === 'decimal' && isDecimal(value)) {
    return sayNumber(value, place, language)
  }
  if (place.type.kind === 'date') {
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []
    if (year !== '') return fillTemplate(language.values.date, { year, month, day })
  }
  const cut = value.length > textLengthMax ? `${value.slice(0, textLengthMax)}…` : value
  return fillTemplate(language.values.text, { value: cut })
}

const sayNumber = (text: string, place: FactPlace, language: Language): string => {
  const { values } = language
  const shown = (isDecimal(text) ? trimDecimal(text) : text).replace('.', values.decimalSeparator)
  const unit = unitOfPlace(place, language)
  if (unit === 'percent') return fillTemplate(values.percent, { value: shown })
  if (unit !== 'days') return shown
  return fillTemplate(shown === '1' || shown === '-1' ? values.day : values.days, { value: shown })
}

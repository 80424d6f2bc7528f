import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import type { JudgedComparison } from './explained-condition.ts'
import { fillTemplate } from './fill-template.ts'
import type { ComparisonWords, Language } from './language.ts'
import { sayPlace } from './say-place.ts'
import { sayValue } from './say-value.ts'

/**
 * One comparison as a sentence with its verdict: "the difference in percent is 4.5 %, at most 5 % is
 * accepted: holds". Under a `not` the sentence says what is excluded, and the verdict is turned.
 */
export const sayComparison = (
  comparison: JudgedComparison,
  isNegated: boolean,
  language: Language,
): string => {
  const { sentences } = language
  const words = wordsFor(comparison, language)
  const asked = fillTemplate(askedOf(comparison.checked, isNegated, language), words)
  const verdict = comparison.holds === isNegated ? sentences.holdsNot : sentences.holds
  const template = isMissing(comparison.seen) ? sentences.comparisonMissing : sentences.comparison
  return fillTemplate(template, { ...words, asked, verdict })
}

/** What is so about one comparison, to stand after "because". */
export const sayClause = (comparison: JudgedComparison, language: Language): string => {
  const { checked, seen, holds } = comparison
  const { sentences } = language
  const words = wordsFor(comparison, language)
  const said = wordsOfOperator(checked, language)
  if (checked.operator === 'is-present' && checked.decorators.length === 0) {
    return fillTemplate(holds ? said.so : said.notSo, words)
  }
  if (isMissing(seen)) {
    const asked = fillTemplate(askedOf(checked, false, language), words)
    return fillTemplate(sentences.missing, { ...words, asked })
  }
  if (checked.decorators.length === 0) return fillTemplate(holds ? said.so : said.notSo, words)
  const relation = fillTemplate(relationOf(checked, language), words)
  const template = holds ? sentences.decorated : sentences.decoratedNot
  return fillTemplate(template, { ...words, relation })
}

const isMissing = (value: unknown): boolean => value === undefined || value === null

const askedOf = (checked: CheckedComparison, isNegated: boolean, language: Language): string => {
  const said = wordsOfOperator(checked, language)
  if (checked.decorators.length === 0) return isNegated ? said.excluded : said.asked
  const relation = relationOf(checked, language)
  return isNegated ? fillTemplate(decoratorWords('not', language), { relation }) : relation
}

// From the operator outwards: `everyFact:in` is "each of them" around "is one of".
const relationOf = (checked: CheckedComparison, language: Language): string =>
  checked.decorators.reduceRight<string>(
    (relation, name) => fillTemplate(decoratorWords(name, language), { relation }),
    wordsOfOperator(checked, language).relation,
  )

const decoratorWords = (name: string, { decorators }: Language): string =>
  decorators[name] ?? `${name}: {relation}`

const wordsOfOperator = (checked: CheckedComparison, language: Language): ComparisonWords => {
  const { operator, right } = checked
  const isAbsent = operator === 'is-present' && right.kind === 'constant' && right.value === false
  const name = isAbsent ? 'is-absent' : operator
  return Object.hasOwn(language.operators, name)
    ? (language.operators[name] ?? language.unknownOperator)
    : language.unknownOperator
}

const wordsFor = (
  { checked, seen, value }: JudgedComparison,
  language: Language,
): Readonly<Record<string, string>> => {
  const { left, right, operator, amount } = checked
  const other = sayValue(value, left, language, 'or')
  const separator = language.values.decimalSeparator
  return {
    place: sayPlace(left, language),
    seen:
      typeof seen === 'object' && seen !== null && !Array.isArray(seen)
        ? language.values.given
        : sayValue(seen, left, language),
    value:
      right.kind === 'constant'
        ? other
        : fillTemplate(language.values.elsewhere, {
            place: sayPlace(right.place, language),
            value: other,
          }),
    amount: (amount ?? '').replace('.', separator),
    operator,
  }
}

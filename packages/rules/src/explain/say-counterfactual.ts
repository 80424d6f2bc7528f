import type { MadeChange, WantedDecision } from './counterfactual.ts'
import { fillTemplate } from './fill-template.ts'
import type { ChangeWords, Language } from './language.ts'
import { sayPlace } from './say-place.ts'
import { sayValue } from './say-value.ts'

/** A counterfactual as a sentence: what would have come out with which change. */
export const sayCounterfactual = (
  made: readonly MadeChange[],
  wanted: WantedDecision,
  language: Language,
): string => {
  const { changes } = language
  const said = made.map((change) => sayChange(change, language)).join(changes.and)
  if (!('rule' in wanted)) return fillTemplate(changes.otherAnswer, { changes: said })
  const template = wanted.fires ? changes.ruleFires : changes.ruleFiresNot
  return fillTemplate(template, { rule: wanted.rule, changes: said })
}

const sayChange = (change: MadeChange, language: Language): string => {
  const { place, value, border } = change
  const { changes } = language
  const words = { place: sayPlace(place, language), value: sayValue(value, place, language) }
  if (value === undefined) return fillTemplate(changes.missing, words)
  if (place.type.kind === 'record') return fillTemplate(changes.given, words)
  if (border === null) return fillTemplate(changes.exactly, words)
  const { until } = border
  if (until === null) {
    const limit = sayValue(border.value, place, language)
    return fillTemplate(openTemplate(change, changes), { ...words, value: limit })
  }
  if (until.value === border.value) return fillTemplate(changes.exactly, words)
  const end = sayValue(until.value, place, language)
  return fillTemplate(closedTemplate(border.goes, until.isInclusive, changes), {
    ...words,
    until: end,
  })
}

const closedTemplate = (
  goes: 'up' | 'down',
  isInclusive: boolean,
  changes: ChangeWords,
): string => {
  if (goes === 'down') return isInclusive ? changes.downTo : changes.downToAbove
  return isInclusive ? changes.upTo : changes.upToBelow
}

const openTemplate = ({ place, border }: MadeChange, changes: ChangeWords): string => {
  const isDate = place.type.kind === 'date'
  const isInclusive = border?.isInclusive === true
  if (border?.goes === 'down') {
    if (isDate) return isInclusive ? changes.dateAtMost : changes.dateBelow
    return isInclusive ? changes.atMost : changes.below
  }
  if (isDate) return isInclusive ? changes.dateAtLeast : changes.dateAbove
  return isInclusive ? changes.atLeast : changes.above
}

import type { DomainEvent } from '@counterfoil/core'
import { judgedIn, textsOf, walkObjects } from './read-event-data.ts'

/** Sentences of one event; more would be a listing, not an explanation. */
const sentencesMax = 50

/**
 * What an event says in words, and the rule sets that were asked: everything an explanation needs is in its data. What did
 * not pass comes first, so that a long match still says why it holds.
 */
export function explainEvent(event: DomainEvent): {
  readonly explanation: readonly string[]
  readonly ruleSets: readonly string[]
} {
  const failed = new Set<string>()
  const others = new Set<string>()
  const ruleSets = new Set<string>()
  walkObjects(event.data, (object) => {
    const judged = judgedIn(object)
    const sentences = judged?.sentence === undefined ? [] : [judged.sentence]
    const kept = isFailed(object) || judged?.judgement === 'outside' ? failed : others
    for (const text of [...sentences, ...spokenTexts(object)]) kept.add(text)
    const reference = ruleSetOf(object)
    if (reference !== null) ruleSets.add(reference)
  })
  const explanation = [...new Set([...failed, ...others])].slice(0, sentencesMax)
  return { explanation, ruleSets: [...ruleSets] }
}

/** `rule set@version` of an object that is a reference to one; null of any other. */
export function ruleSetOf({
  ruleSet,
  version,
  hash,
}: {
  readonly [name: string]: unknown
}): string | null {
  const isReference =
    typeof ruleSet === 'string' && typeof version === 'string' && typeof hash === 'string'
  return isReference ? `${ruleSet}@${version}` : null
}

function isFailed({ within }: { readonly [name: string]: unknown }): boolean {
  return within === false
}

function spokenTexts(object: { readonly [name: string]: unknown }): readonly string[] {
  return spokenFields.flatMap((name) => textsOf(object[name])).filter(isSpoken)
}

const spokenFields = [
  'sentence',
  'because',
  'reason',
  'reasonText',
  'note',
  'notes',
  'text',
] as const

// Fields of those names hold codes too (`PRICE:10`); people speak in words with blanks between them.
function isSpoken(text: string): boolean {
  return text.trim().includes(' ')
}

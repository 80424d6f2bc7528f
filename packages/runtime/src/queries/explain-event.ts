import { type DomainEvent, eventInFull } from '@counterfoil/core'
import { type DataObject, judgedIn, textsOf, walkObjects } from './read-event-data.ts'

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
  const plans = new Map<DataObject, readonly string[]>()
  walkObjects(eventInFull(event).data, (object) => {
    for (const plan of plansOf(object)) plans.set(plan, reasonsFor(object, plan))
    const judged = judgedIn(object)
    const sentences = judged?.sentence === undefined ? [] : [judged.sentence]
    const kept = isFailed(object) || judged?.judgement === 'outside' ? failed : others
    for (const text of [...sentences, ...(plans.get(object) ?? spokenTexts(object))]) kept.add(text)
    const reference = ruleSetOf(object)
    if (reference !== null) ruleSets.add(reference)
  })
  const explanation = [...new Set([...failed, ...others])].slice(0, sentencesMax)
  return { explanation, ruleSets: [...ruleSets] }
}

/**
 * The decisions of a check that planned it. A plan is made once for all checks of a line, so it carries the reasons of
 * all of them; the decision about the check's own tolerance names the check among its facts.
 */
function plansOf({ within, name, policy }: DataObject): readonly DataObject[] {
  if (typeof within !== 'boolean' || typeof name !== 'string' || !Array.isArray(policy)) return []
  return policy.filter((decision: DataObject) => {
    const { firedRules, facts } = decision
    const isOfTheCheck = typeof facts === 'object' && facts !== null && 'check.name' in facts
    return textsOf(firedRules).includes(name) && !isOfTheCheck
  })
}

// A rule says of a check what is wrong when it fails: of one that passed that would be untrue.
function reasonsFor({ within, name }: DataObject, plan: DataObject): readonly string[] {
  if (within === true) return []
  const rules = textsOf(plan['firedRules'])
  return textsOf(plan['because']).filter((_reason, index) => rules[index] === name)
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

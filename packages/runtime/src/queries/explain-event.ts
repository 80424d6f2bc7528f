import type { DomainEvent } from '@counterfoil/core'
import type { ComparisonSummary } from './queries.ts'

/** Sentences of one event; more would be a listing, not an explanation. */
const sentencesMax = 50
/** How deep an event's data is searched. */
const depthMax = 12

/** What an event says in words, and the rule sets that were asked: everything an explanation needs is in its data. */
export function explainEvent(event: DomainEvent): {
  readonly explanation: readonly string[]
  readonly ruleSets: readonly string[]
} {
  const sentences = new Set<string>()
  const ruleSets = new Set<string>()
  walk(event.data, 0, (object) => {
    for (const name of spokenFields) {
      for (const text of textsOf(object[name])) sentences.add(text)
    }
    const reference = ruleSetOf(object)
    if (reference !== null) ruleSets.add(reference)
  })
  return { explanation: [...sentences].slice(0, sentencesMax), ruleSets: [...ruleSets] }
}

/** The comparisons an event records, whether or not anything came of them. */
export function comparisonsIn(event: DomainEvent): readonly ComparisonSummary[] {
  const comparisons: ComparisonSummary[] = []
  walk(event.data, 0, (object) => {
    const { within, sentence } = object
    if (typeof within !== 'boolean' || typeof sentence !== 'string') return
    const ruleSets = new Set<string>()
    walk(object, 0, (inner) => {
      const reference = ruleSetOf(inner)
      if (reference !== null) ruleSets.add(reference)
    })
    comparisons.push({
      aggregate: event.aggregate,
      eventId: event.id,
      at: event.receivedAt,
      subject: subjectOf(object),
      withinTolerance: within,
      sentence,
      ruleSets: [...ruleSets],
    })
  })
  return comparisons
}

const spokenFields = ['sentence', 'because', 'reason', 'note', 'text'] as const

type PlainObject = { readonly [name: string]: unknown }

function walk(value: unknown, depth: number, visit: (object: PlainObject) => void): void {
  if (depth > depthMax || typeof value !== 'object' || value === null) return
  if (isPlainObject(value)) visit(value)
  for (const inner of Object.values(value)) walk(inner, depth + 1, visit)
}

function isPlainObject(value: object): value is PlainObject {
  return !Array.isArray(value)
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function ruleSetOf({ ruleSet, version, hash }: PlainObject): string | null {
  const isReference =
    typeof ruleSet === 'string' && typeof version === 'string' && typeof hash === 'string'
  return isReference ? `${ruleSet}@${version}` : null
}

function subjectOf({ check, kind, name }: PlainObject): string {
  const named = [check, kind, name].find((one) => typeof one === 'string')
  return typeof named === 'string' ? named : 'comparison'
}

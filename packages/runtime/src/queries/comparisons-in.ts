import { type DomainEvent, eventInFull } from '@counterfoil/core'
import { ruleSetOf } from './explain-event.ts'
import type { ComparisonSummary } from './queries.ts'
import { type DataObject, judgedIn, walkObjects } from './read-event-data.ts'

/**
 * The comparisons an event records, whether or not anything came of them: checks of a match, differences that were judged,
 * and documents that agree.
 */
export function comparisonsIn(event: DomainEvent): readonly ComparisonSummary[] {
  const { aggregate, id: eventId, receivedAt: at } = event
  const comparisons: ComparisonSummary[] = []
  walkObjects(eventInFull(event).data, (object) => {
    const found = checkIn(object) ?? differenceIn(object)
    if (found === null) return
    comparisons.push({ aggregate, eventId, at, ...found, ruleSets: ruleSetsIn(object) })
  })
  return isAgreeingNotice(event)
    ? [{ aggregate, eventId, at, ...agreement, ruleSets: [] }, ...comparisons]
    : comparisons
}

type Found = Pick<ComparisonSummary, 'subject' | 'withinTolerance' | 'sentence'>

function checkIn(object: DataObject): Found | null {
  const { within, sentence } = object
  if (typeof within !== 'boolean' || typeof sentence !== 'string') return null
  return { subject: subjectOf(object), withinTolerance: within, sentence }
}

function differenceIn(object: DataObject): Found | null {
  const judged = judgedIn(object)
  if (judged === null) return null
  const { kind, judgement, sentence } = judged
  return { subject: kind, withinTolerance: judgement !== 'outside', sentence }
}

/** An order says of each ship notice how it fits. Events of before say of one that agrees only that it does. */
function isAgreeingNotice({ type, data }: DomainEvent): boolean {
  const { aligned, discrepancies, agreement: said } = data
  if (said !== undefined) return false
  const hasNone = Array.isArray(discrepancies) && discrepancies.length === 0
  return type === 'shipment.compared' && aligned === true && hasNone
}

const agreement: Found = {
  subject: 'ship-notice',
  withinTolerance: true,
  sentence: 'the ship notice agrees with what was ordered and promised',
}

function ruleSetsIn(object: DataObject): readonly string[] {
  const ruleSets = new Set<string>()
  walkObjects(object, (inner) => {
    const reference = ruleSetOf(inner)
    if (reference !== null) ruleSets.add(reference)
  })
  return [...ruleSets]
}

function subjectOf({ check, kind, name }: DataObject): string {
  const named = [check, kind, name].find((one) => typeof one === 'string')
  return typeof named === 'string' ? named : 'comparison'
}

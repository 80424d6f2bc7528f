import type { AggregateMoment, OrderMoment, TimelineEntry } from '@counterfoil/runtime'

/** An order as it was, for people: where everything stood, and the steps that led there. */
export function describeMoment(moment: OrderMoment): readonly string[] {
  const { at, order, shipments, invoices, exceptions, holds, steps } = moment
  return [
    `at ${at}`,
    ...[order, ...shipments, ...invoices].map(describeAggregate),
    ...exceptions.map(({ code, state, sentence }) => `  case ${code} ${state}: ${sentence}`),
    ...holds.map(({ code, state, reason }) => `  hold ${code} ${state}: ${reason}`),
    '',
    ...steps.flatMap(describeStep),
  ]
}

function describeAggregate({
  reference,
  version,
  rows,
  isCurrent,
  verified,
}: AggregateMoment): string {
  const { kind, key } = reference
  const state = rows.find(({ view }) => view === kind)?.state ?? 'not shown'
  const since = isCurrent ? 'nothing has happened to it since' : 'more has happened since'
  return `${kind} ${key}: ${state}, version ${version}; ${since}; ${checks(verified)}`
}

function checks(verified: boolean | null): string {
  if (verified === null)
    return 'another lifecycle made what is stored now, so there is nothing to compare'
  return verified
    ? 'its events lead to what is stored now'
    : 'ITS EVENTS DO NOT LEAD TO WHAT IS STORED NOW'
}

function describeStep(step: TimelineEntry): readonly string[] {
  const at = step.audit[0]?.at ?? step.receivedAt
  const { kind, key } = step.aggregate
  const rules = step.ruleSets.length === 0 ? '' : ` (${step.ruleSets.join(', ')})`
  return [
    `${at}  ${kind} ${key} ${step.sequence}  ${step.headline}, by ${step.actor.id}${rules}`,
    ...step.explanation.map((sentence) => `    ${sentence}`),
  ]
}

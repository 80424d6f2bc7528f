import type * as z from 'zod'
import { ApprovalFacts } from '../approval/facts.ts'
import { MatchingFacts } from '../matching/facts.ts'
import { RoutingFacts } from '../routing/facts.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { ToleranceFacts } from '../tolerance/facts.ts'
import { type FactField, factTypeOf } from './fact-type.ts'

/** The schema of the facts that rules of each kind may look at. */
export const factsOfKind = {
  tolerance: ToleranceFacts,
  matching: MatchingFacts,
  routing: RoutingFacts,
  approval: ApprovalFacts,
} as const satisfies Readonly<Record<RuleSetKind, z.ZodObject>>

/** The facts of each kind by name, with their types. */
export const factTypesOfKind: Readonly<Record<RuleSetKind, ReadonlyMap<string, FactField>>> = {
  tolerance: fieldsOf(ToleranceFacts),
  matching: fieldsOf(MatchingFacts),
  routing: fieldsOf(RoutingFacts),
  approval: fieldsOf(ApprovalFacts),
}

function fieldsOf(schema: z.ZodObject): ReadonlyMap<string, FactField> {
  const { type } = factTypeOf(schema)
  return type.kind === 'record' ? type.fields : new Map()
}

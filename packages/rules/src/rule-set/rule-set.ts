import { CalendarDate } from '@counterfoil/core'
import * as z from 'zod'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { conditionsOver } from './rule-condition.ts'
import {
  ApprovalEvent,
  CheckEvent,
  ConductEvent,
  RouteEvent,
  TimingEvent,
  ToleranceEvent,
} from './rule-event.ts'
import type { RuleSetKind } from './rule-set-kind.ts'

/** A rule set's name: words in small letters joined by hyphens or points. */
export const RuleSetId = z
  .string()
  .max(80)
  .regex(
    /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/,
    'not a rule-set name: write small letters and digits joined by hyphens, as in receiving-tolerance',
  )

/**
 * Three numbers (semantic version): a change of wording raises the last, of some outcome the middle, of
 * the shape of facts or answers the first.
 */
export const RuleSetVersion = z
  .string()
  .regex(
    /^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/,
    'not a version: write three numbers, as in 1.0.0',
  )

/** An exact version of a rule set: `receiving-tolerance@1.0.0`. */
export const RuleSetVersionReference = z
  .string()
  .max(120)
  .regex(
    /^[a-z0-9]+(?:[-.][a-z0-9]+)*@\d{1,6}\.\d{1,6}\.\d{1,6}$/,
    'not an exact version of a rule set: write it as receiving-tolerance@1.0.0',
  )

const scopeValue = z.string().trim().min(1).max(80).optional()

/**
 * Whom a rule set is for. A key left out, or `"*"`, is for everyone. The set for the narrower scope
 * wins: item before supplier, category, supplier class, business unit and legal entity.
 */
export const RuleSetScope = z.strictObject({
  legalEntity: scopeValue,
  businessUnit: scopeValue,
  supplierClass: scopeValue,
  category: scopeValue,
  supplier: scopeValue,
  item: scopeValue,
})
export type RuleSetScope = z.infer<typeof RuleSetScope>

const ruleName = z.string().trim().min(1).max(120)

const envelopeOf = <Kind extends RuleSetKind, Event extends z.ZodType, Condition extends z.ZodType>(
  kind: Kind,
  event: Event,
  conditions: Condition,
) =>
  z.strictObject({
    /** For the editor; not part of the hash. */
    $schema: z.string().max(400).optional(),
    id: RuleSetId,
    kind: z.literal(kind),
    version: RuleSetVersion,
    /** First day, by the document's business date, that the set is in force. */
    effectiveFrom: CalendarDate,
    /** Last day; open where left out. */
    effectiveTo: CalendarDate.optional(),
    scope: RuleSetScope,
    /** The exact version this set builds on: its rules hold unless this set replaces or switches off. */
    extends: RuleSetVersionReference.optional(),
    /** Names of rules of the extended set that do not hold here. */
    switchedOff: z.array(ruleName).max(2000).optional(),
    /** The desk that answers for the set. */
    owner: z.string().trim().min(1).max(120),
    /** What the set is for, in words for the buyer. */
    title: z.string().trim().min(1).max(200),
    /** Conditions rules refer to by name. */
    conditions: z.record(z.string().min(1).max(120), conditions).optional(),
    /** json-rules-engine rules, unchanged. May be empty only in a set that extends another. */
    rules: z
      .array(
        z.strictObject({
          /** Unique in the set; a set that extends another replaces a rule by its name. */
          name: ruleName,
          /** Higher goes first; 1 where nothing is said. */
          priority: z.int().positive().max(1_000_000).optional(),
          conditions,
          event,
        }),
      )
      .max(2000),
  })

const matchingEvent = z.discriminatedUnion('type', [CheckEvent, ConductEvent])
const routingEvent = z.discriminatedUnion('type', [RouteEvent, TimingEvent])

const conditionsOfKind = (kind: RuleSetKind) =>
  conditionsOver([...factTypesOfKind[kind].keys()]).root

/** How far values may differ. */
export const ToleranceRuleSet = envelopeOf(
  'tolerance',
  ToleranceEvent,
  conditionsOfKind('tolerance'),
)
export type ToleranceRuleSet = z.infer<typeof ToleranceRuleSet>

/** What is checked on invoices, and how they are conducted. */
export const MatchingRuleSet = envelopeOf('matching', matchingEvent, conditionsOfKind('matching'))
export type MatchingRuleSet = z.infer<typeof MatchingRuleSet>

/** Who answers for exceptions, and the clocks of waiting. */
export const RoutingRuleSet = envelopeOf('routing', routingEvent, conditionsOfKind('routing'))
export type RoutingRuleSet = z.infer<typeof RoutingRuleSet>

/** Who has to approve what, by how much is at stake: the approval matrix. */
export const ApprovalRuleSet = envelopeOf('approval', ApprovalEvent, conditionsOfKind('approval'))
export type ApprovalRuleSet = z.infer<typeof ApprovalRuleSet>

/** A versioned set of business rules as it stands in its JSON file. */
export const RuleSet = z.discriminatedUnion('kind', [
  ToleranceRuleSet,
  MatchingRuleSet,
  RoutingRuleSet,
  ApprovalRuleSet,
])
export type RuleSet = z.infer<typeof RuleSet>

/** One rule of a rule set: when it fires and what it says. */
export type Rule = RuleSet['rules'][number]

/** The envelope with its conditions still unread: a union would only say that none of its members fits. */
export const RuleSetEnvelope = z.discriminatedUnion('kind', [
  envelopeOf('tolerance', ToleranceEvent, z.unknown()),
  envelopeOf('matching', matchingEvent, z.unknown()),
  envelopeOf('routing', routingEvent, z.unknown()),
  envelopeOf('approval', ApprovalEvent, z.unknown()),
])

import { CalendarDate } from '@counterfoil/core'
import * as z from 'zod'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { RuleSetCases } from '../cases/rule-set-case.ts'
import { rulesMax, tablesMax } from '../check/budgets.ts'
import { eventTemplateOf } from '../table/event-template.ts'
import { type RuleTable, type TableColumn, type TableEvent, tableOf } from '../table/rule-table.ts'
import { conditionsOver, type RuleConditionRoot } from './rule-condition.ts'
import {
  ApprovalEvent,
  CheckEvent,
  ConductEvent,
  HitPolicy,
  RouteEvent,
  type RuleEvent,
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
  /** The company that buys. */
  legalEntity: scopeValue,
  /** A branch, a plant or a warehouse. */
  businessUnit: scopeValue,
  /** The buyer's own class of suppliers. */
  supplierClass: scopeValue,
  /** The buyer's own class of goods. */
  category: scopeValue,
  /** One supplier, by the buyer's number. */
  supplier: scopeValue,
  /** One item, by the buyer's number. */
  item: scopeValue,
})
export type RuleSetScope = z.infer<typeof RuleSetScope>

const ruleName = z.string().trim().min(1).max(120)

/** The version of each kind's facts that this package knows: it rises when a fact changes its shape. */
export const factsVersions = {
  tolerance: 1,
  matching: 1,
  routing: 1,
  approval: 1,
} as const satisfies Readonly<Record<RuleSetKind, number>>

/** The facts a set of that kind is written for, as it names them: `tolerance-facts@1`. */
export const factsReferenceOf = (kind: RuleSetKind): string =>
  `${kind}-facts@${factsVersions[kind]}`

const column: z.ZodType<TableColumn> = z.strictObject({
  /** What is looked at. */
  fact: z.string().max(120),
  /** The place inside the fact: `$.price.type`, `$.lots[0]`. */
  path: z.string().max(200).optional(),
  /** How the fact is compared. */
  operator: z.string().max(120),
})

type EnvelopeParts<Event, Condition> = {
  readonly event: Event
  readonly table: z.ZodType<RuleTable>
  readonly conditions: Condition
}

const envelopeOf = <Kind extends RuleSetKind, Event extends z.ZodType, Condition extends z.ZodType>(
  kind: Kind,
  { event, table, conditions }: EnvelopeParts<Event, Condition>,
) =>
  z.strictObject({
    /** For the editor; not part of the hash. */
    $schema: z.string().max(400).optional(),
    id: RuleSetId,
    /** What the rules are asked for. */
    kind: z.literal(kind),
    version: RuleSetVersion,
    /** First day, by the document's business date, that the set is in force. */
    effectiveFrom: CalendarDate,
    /** Last day; open where left out. */
    effectiveTo: CalendarDate.optional(),
    scope: RuleSetScope,
    /** Of sets of equal scope the higher goes first; 1 where nothing is said. Not taken over by a set that extends this one. */
    priority: z.int().positive().max(1_000_000).optional(),
    /** The facts the rules are written for, with their version: `tolerance-facts@1`. */
    facts: z.string().max(120).optional(),
    /** The calendar that says which days are business days, by its id; Monday to Friday where nothing is said. */
    calendar: z.string().min(1).max(80).optional(),
    /** Which of the rules that fire decide; where nothing is said, what is usual for each type of answer. */
    hitPolicy: HitPolicy.optional(),
    /** The exact version this set builds on: its rules hold unless this set replaces or switches off. */
    extends: RuleSetVersionReference.optional(),
    /** Names of rules and tables of the extended set that do not hold here. */
    switchedOff: z.array(ruleName).max(2000).optional(),
    /** The desk that answers for the set. */
    owner: z.string().trim().min(1).max(120),
    /** What the set is for, in words for the buyer. */
    title: z.string().trim().min(1).max(200),
    /** Conditions rules refer to by name. */
    conditions: z.record(z.string().min(1).max(120), conditions).optional(),
    /** json-rules-engine rules, unchanged. May be empty in a set that extends another or has tables. */
    rules: z
      .array(
        z.strictObject({
          /** Unique in the set; a set that extends another replaces a rule by its name. */
          name: ruleName,
          /** Higher goes first; 1 where nothing is said. */
          priority: z.int().positive().max(1_000_000).optional(),
          /** When the rule fires. */
          conditions,
          /** What the rule says when it fires. */
          event,
        }),
      )
      .max(rulesMax),
    /** Rules as rows: many rules that look at the same places and differ in their values. */
    tables: z.array(table).max(tablesMax).optional(),
    /** Worked examples, together with those of `cases.json`; not part of the hash. */
    cases: RuleSetCases.optional(),
    /** The hash it was released with; loading fails where the content is another. */
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'not a hash: write the 64 digits `release` printed, or leave it out')
      .optional(),
  })

const matchingEvent = z.discriminatedUnion('type', [CheckEvent, ConductEvent])
const routingEvent = z.discriminatedUnion('type', [RouteEvent, TimingEvent])

/** The answers the rules of each kind may give. */
export const eventOfKind = {
  tolerance: ToleranceEvent,
  matching: matchingEvent,
  routing: routingEvent,
  approval: ApprovalEvent,
} as const satisfies Readonly<Record<RuleSetKind, z.ZodType<RuleEvent>>>

const template = <Type extends RuleEvent['type']>(event: {
  readonly shape: { readonly type: z.ZodLiteral<Type>; readonly params: z.ZodType }
}) =>
  z.strictObject({
    type: event.shape.type,
    /** The answer, as far as it is the same in all rows. */
    params: eventTemplateOf(event.shape.params),
  })

const tableEventOfKind = {
  tolerance: template(ToleranceEvent),
  matching: z.discriminatedUnion('type', [template(CheckEvent), template(ConductEvent)]),
  routing: z.discriminatedUnion('type', [template(RouteEvent), template(TimingEvent)]),
  approval: template(ApprovalEvent),
} as const satisfies Readonly<Record<RuleSetKind, z.ZodType<TableEvent>>>

/** The schema of the tables of each kind. */
export const tableOfKind: Readonly<Record<RuleSetKind, z.ZodType<RuleTable>>> = {
  tolerance: tableOf({ column, event: tableEventOfKind.tolerance }),
  matching: tableOf({ column, event: tableEventOfKind.matching }),
  routing: tableOf({ column, event: tableEventOfKind.routing }),
  approval: tableOf({ column, event: tableEventOfKind.approval }),
}

const partsOf = <Kind extends RuleSetKind>(kind: Kind) => ({
  event: eventOfKind[kind],
  table: tableOfKind[kind],
  conditions: conditionsOver([...factTypesOfKind[kind].keys()]).root,
})

/** How far values may differ. */
export const ToleranceRuleSet = envelopeOf('tolerance', partsOf('tolerance'))
export type ToleranceRuleSet = z.infer<typeof ToleranceRuleSet>

/** What is checked on invoices, and how they are conducted. */
export const MatchingRuleSet = envelopeOf('matching', partsOf('matching'))
export type MatchingRuleSet = z.infer<typeof MatchingRuleSet>

/** Who answers for exceptions, and the clocks of waiting. */
export const RoutingRuleSet = envelopeOf('routing', partsOf('routing'))
export type RoutingRuleSet = z.infer<typeof RoutingRuleSet>

/** Who has to approve what, by how much is at stake: the approval matrix. */
export const ApprovalRuleSet = envelopeOf('approval', partsOf('approval'))
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
export type Rule = {
  readonly name: string
  readonly priority?: number | undefined
  readonly conditions: RuleConditionRoot
  readonly event: RuleEvent
}

const unread = <Kind extends RuleSetKind>(kind: Kind) =>
  envelopeOf(kind, { ...partsOf(kind), conditions: z.unknown() })

/** The envelope with its conditions still unread: a union would only say that none of its members fits. */
export const RuleSetEnvelope = z.discriminatedUnion('kind', [
  unread('tolerance'),
  unread('matching'),
  unread('routing'),
  unread('approval'),
])

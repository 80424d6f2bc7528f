import {
  ApprovalRuleSet,
  factsOfKind,
  MatchingRuleSet,
  RoutingRuleSet,
  RuleSet,
  RuleSetCases,
  ToleranceRuleSet,
} from '@counterfoil/rules'
import * as z from 'zod'

const described = {
  'rule-set': [RuleSet, 'A Counterfoil rule set of any kind'],
  'tolerance-rule-set': [ToleranceRuleSet, 'How far values may differ'],
  'matching-rule-set': [MatchingRuleSet, 'What is checked on invoices, and how they are conducted'],
  'routing-rule-set': [RoutingRuleSet, 'Who answers for exceptions, and the clocks of waiting'],
  'approval-rule-set': [ApprovalRuleSet, 'Who has to approve what'],
  'tolerance-facts': [factsOfKind.tolerance, 'What tolerance rules may look at'],
  'matching-facts': [factsOfKind.matching, 'What matching rules may look at'],
  'routing-facts': [factsOfKind.routing, 'What routing rules may look at'],
  'approval-facts': [factsOfKind.approval, 'What approval rules may look at'],
  'rule-set-cases': [RuleSetCases, 'Worked examples of a rule set'],
} as const satisfies Readonly<Record<string, readonly [z.ZodType, string]>>

/** Every JSON Schema of the package: file name and text. */
export const jsonSchemas = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(described).map(([name, [schema, title]]) => {
      const json = z.toJSONSchema(schema, { io: 'input', reused: 'ref' })
      const { $schema, ...rest } = json
      return [`${name}.json`, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`]
    }),
  )

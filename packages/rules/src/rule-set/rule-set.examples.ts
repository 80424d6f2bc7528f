import { loadRuleSet, type LoadRuleSetOptions } from './load-rule-set.ts'
import type { LoadedRuleSet } from './loaded-rule-set.ts'

/** JSON of an example rule set or a part of one, free to be broken by a test. */
export type ExampleJson = { readonly [field: string]: unknown }

const kindOfThis: ExampleJson = {
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'over-shipment',
}

/** Conditions that hold for an over-shipment. */
export const onOverShipment: ExampleJson = { all: [kindOfThis] }

/** A tolerance of five percent over; give only what matters. */
export const aToleranceEvent = (params: ExampleJson = {}): ExampleJson => ({
  type: 'tolerance',
  params: {
    upper: { abs: null, pct: '5' },
    lower: { abs: null, pct: null },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'ignore',
    amountCurrency: 'transaction',
    because: 'within 5 % of the ordered quantity',
    ...params,
  },
})

/** A planned check; give only what matters. */
export const aCheckEvent = (params: ExampleJson = {}): ExampleJson => ({
  type: 'check',
  params: {
    name: 'price',
    check: 'price-amount',
    holdCode: 'PRICE',
    onExceed: 'hold',
    parameters: {},
    because: 'prices must agree',
    ...params,
  },
})

/** Conduct that differs from the default in releasing line by line; give only what matters. */
export const aConductEvent = (params: ExampleJson = {}): ExampleJson => ({
  type: 'conduct',
  params: {
    retainConfirmationOnUnchangedLines: true,
    completeWithinUnderDelivery: false,
    partialRelease: true,
    rematchOnPolicyChange: false,
    roundingMode: 'half-up',
    because: 'lines are released one by one',
    ...params,
  },
})

/** A route to the buyer; give only what matters. */
export const aRouteEvent = (params: ExampleJson = {}): ExampleJson => ({
  type: 'route',
  params: {
    ownerRole: 'buyer',
    alsoRoles: [],
    dueBusinessHours: 8,
    escalation: [],
    priority: 'normal',
    blocksMatching: false,
    pausesForSupplier: false,
    because: 'the buyer knows the supplier',
    ...params,
  },
})

/** A clock that reminds after a day; give only what matters. */
export const aTimingEvent = (params: ExampleJson = {}): ExampleJson => ({
  type: 'timing',
  params: {
    remindAfterBusinessHours: [8],
    escalateAfterBusinessHours: null,
    overdueAfterBusinessHours: 24,
    because: 'suppliers answer within three days',
    ...params,
  },
})

/** A rule that accepts five percent over; give only what matters. */
export const aRule = (rule: ExampleJson = {}): ExampleJson => ({
  name: 'over-within-5-percent',
  conditions: onOverShipment,
  event: aToleranceEvent(),
  ...rule,
})

/** A tolerance set of one rule; give only what matters. */
export const aRuleSet = (ruleSet: ExampleJson = {}): ExampleJson => ({
  id: 'receiving-tolerance',
  kind: 'tolerance',
  version: '1.0.0',
  effectiveFrom: '2026-12-01',
  scope: {},
  owner: 'inbound-operations',
  title: 'Accept small over-shipments',
  rules: [aRule()],
  ...ruleSet,
})

/** Loads an example rule set. */
export const aLoadedRuleSet = (
  ruleSet: ExampleJson = {},
  options: LoadRuleSetOptions = {},
): LoadedRuleSet => loadRuleSet(aRuleSet(ruleSet), options)

/** A table of limits by kind of discrepancy and percentage; give only what matters. */
export const aTable = (table: ExampleJson = {}): ExampleJson => ({
  name: 'limits',
  columns: [
    { fact: 'discrepancy', path: '$.kind', operator: 'equal' },
    { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most' },
  ],
  outputs: ['/upper/pct', '/because'],
  event: aToleranceEvent(),
  rows: [
    ['over-shipment', '2', '2', 'two percent over'],
    ['over-shipment', '5', '5', 'five percent over'],
    ['short-shipment', null, null, 'short is asked about elsewhere'],
  ],
  ...table,
})

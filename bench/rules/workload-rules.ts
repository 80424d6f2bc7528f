import { type LoadedRuleSet, loadRuleSet } from '@counterfoil/rules'

/** One comparison: a place of the facts, an operator of the rule sets, a constant. */
export type WorkloadLeaf = readonly [
  place: string,
  operator:
    | 'equal'
    | 'in'
    | 'is-present'
    | 'decimal-above'
    | 'decimal-at-least'
    | 'decimal-at-most'
    | 'lessThanInclusive'
    | 'greaterThanInclusive',
  value: string | number | boolean | readonly string[],
]

/** What must hold: every one of `all`, and one of `any` where it is given. */
export type WorkloadRule = {
  readonly name: string
  readonly all: readonly WorkloadLeaf[]
  readonly any?: readonly WorkloadLeaf[]
}

const kind = (value: string): WorkloadLeaf => ['discrepancy.kind', 'equal', value]
const classIn = (...values: readonly string[]): WorkloadLeaf => ['supplier.class', 'in', values]
const percentAtMost = (value: string): WorkloadLeaf => [
  'discrepancy.percent',
  'decimal-at-most',
  value,
]
const percentAtLeast = (value: string): WorkloadLeaf => [
  'discrepancy.percent',
  'decimal-at-least',
  value,
]
const differenceAtMost = (value: string): WorkloadLeaf => [
  'discrepancy.difference',
  'decimal-at-most',
  value,
]
const stocked: WorkloadLeaf = ['item.stocked', 'equal', true]
const catchWeight: WorkloadLeaf = ['item.catchWeight', 'equal', true]
const classA: WorkloadLeaf = ['supplier.class', 'equal', 'A']
const standardOrder: WorkloadLeaf = ['order.type', 'equal', 'standard']

const tolerance: readonly WorkloadRule[] = [
  {
    name: 'over-stocked',
    all: [kind('over-shipment'), stocked, classIn('A', 'B'), percentAtMost('5')],
  },
  {
    name: 'over-packaging',
    all: [
      kind('over-shipment'),
      ['item.category', 'equal', 'packaging'],
      classA,
      percentAtMost('10'),
    ],
  },
  {
    name: 'short-stocked',
    all: [
      kind('short-receipt'),
      stocked,
      ['line.matchLevel', 'equal', 'three-way'],
      percentAtLeast('-2'),
    ],
  },
  {
    name: 'short-weighed',
    all: [kind('short-receipt'), catchWeight, classIn('A', 'B', 'C'), percentAtLeast('-3.5')],
  },
  {
    name: 'price-contract',
    all: [
      kind('price-variance'),
      ['line.priceType', 'equal', 'contract'],
      classA,
      percentAtMost('1.5'),
    ],
  },
  {
    name: 'price-estimated',
    all: [
      kind('price-variance'),
      ['line.priceType', 'in', ['estimated', 'moving-average']],
      ['item.category', 'in', ['meat', 'fish', 'produce']],
      percentAtMost('4'),
    ],
  },
  {
    name: 'price-firm',
    all: [
      kind('price-variance'),
      ['line.priceType', 'equal', 'firm'],
      standardOrder,
      differenceAtMost('25.00'),
    ],
  },
  {
    name: 'weight-meat',
    all: [
      kind('weight-variance'),
      catchWeight,
      ['item.category', 'equal', 'meat'],
      percentAtMost('2.25'),
    ],
  },
  {
    name: 'late-standard',
    all: [
      kind('late-shipment'),
      standardOrder,
      classIn('A', 'B'),
      ['discrepancy.differenceDays', 'lessThanInclusive', 2],
    ],
  },
  {
    name: 'early-stocked',
    all: [
      kind('early-shipment'),
      stocked,
      classA,
      ['discrepancy.differenceDays', 'greaterThanInclusive', -3],
    ],
  },
  {
    name: 'charge-electronic',
    all: [
      kind('charge-variance'),
      ['invoice.channel', 'in', ['edifact', 'x12', 'ubl']],
      classIn('A', 'B'),
      differenceAtMost('10.00'),
    ],
  },
  {
    name: 'tax-cents',
    all: [
      kind('tax-variance'),
      ['invoice.type', 'equal', 'standard'],
      ['order.currency', 'equal', 'EUR'],
      differenceAtMost('0.05'),
    ],
  },
]

const isItem: WorkloadLeaf = ['line.lineType', 'equal', 'item']
const levelIn = (...values: readonly string[]): WorkloadLeaf => ['line.matchLevel', 'in', values]

const matching: readonly WorkloadRule[] = [
  {
    name: 'price',
    all: [
      levelIn('two-way', 'three-way', 'four-way'),
      isItem,
      ['invoice.type', 'equal', 'standard'],
    ],
  },
  {
    name: 'quantity-received',
    all: [levelIn('three-way', 'four-way'), isItem, ['line.hasReceiptNumbers', 'equal', true]],
  },
  {
    name: 'quantity-ordered',
    all: [levelIn('two-way'), isItem, ['order.type', 'in', ['standard', 'scheduling-release']]],
  },
  {
    name: 'quality',
    all: [
      levelIn('four-way'),
      ['item.inspection', 'in', ['sample', 'full']],
      ['line.inspection', 'equal', 'pending'],
    ],
  },
  {
    name: 'charge',
    all: [
      ['line.lineType', 'equal', 'charge'],
      ['invoice.hasCharges', 'equal', true],
    ],
    any: [['invoice.channel', 'equal', 'x12'], standardOrder],
  },
  {
    name: 'free-goods',
    all: [
      ['line.lineType', 'equal', 'free-goods'],
      levelIn('three-way', 'four-way'),
      ['line.amount', 'decimal-above', '0'],
    ],
  },
  { name: 'weight', all: [catchWeight, ['line.hasPricingQuantity', 'equal', true], isItem] },
  {
    name: 'value-limit',
    all: [
      ['order.type', 'equal', 'blanket-release'],
      ['line.valueLimit', 'is-present', true],
      ['line.lineType', 'equal', 'service'],
    ],
  },
  { name: 'other-unit', all: [['line.isOtherUnit', 'equal', true], isItem, stocked] },
  {
    name: 'large',
    all: [['line.amount', 'decimal-above', '5000.00'], isItem],
    any: [
      ['supplier.class', 'equal', 'C'],
      ['supplier.status', 'equal', 'onboarding'],
    ],
  },
]

const code = (value: string): WorkloadLeaf => ['exception.code', 'equal', value]

const routing: readonly WorkloadRule[] = [
  {
    name: 'to-receiving',
    all: [
      ['exception.code', 'in', ['RCV_SHORT', 'RCV_OVER']],
      ['exception.effect', 'equal', 'hold'],
    ],
  },
  {
    name: 'price-high',
    all: [code('PRICE_OVER'), ['exception.exposure.amount', 'decimal-above', '1000']],
  },
  {
    name: 'price-low',
    all: [code('PRICE_OVER'), ['exception.exposure.amount', 'decimal-at-most', '1000']],
  },
  {
    name: 'to-tax',
    all: [
      ['exception.code', 'in', ['TAX_OVER', 'TAX_UNDER', 'TAX_MISSING']],
      ['exception.blocksPayment', 'equal', true],
    ],
  },
  { name: 'to-quality', all: [code('QUALITY_PENDING'), ['item.category', 'in', ['meat', 'fish']]] },
  {
    name: 'to-fraud',
    all: [code('DUPLICATE_SUSPECTED')],
    any: [
      ['supplier.class', 'equal', 'C'],
      ['exception.exposure.amount', 'decimal-above', '500'],
    ],
  },
  {
    name: 'to-planning',
    all: [code('LATE_ASN'), ['exception.subject.aggregate', 'equal', 'shipment']],
  },
  {
    name: 'to-charges',
    all: [
      ['exception.code', 'in', ['CHARGE_OVER', 'UNPLANNED_CHARGE']],
      ['exception.blocksPayment', 'equal', false],
    ],
  },
]

/** The thirty rules, in rank order. */
export const workloadRules: readonly WorkloadRule[] = [...tolerance, ...matching, ...routing]

/** How many comparisons they make. */
export const workloadLeaves = workloadRules.reduce(
  (sum, { all, any = [] }) => sum + all.length + any.length,
  0,
)

/** The rules as three rule sets, checked. */
export function workloadRuleSets(): readonly LoadedRuleSet[] {
  return [
    ruleSet('tolerance', tolerance, () => ({
      type: 'tolerance',
      params: {
        upper: { abs: null, pct: '5' },
        lower: { abs: null, pct: null },
        combine: 'either',
        percentBase: 'line',
        lowerEffect: 'ignore',
        amountCurrency: 'transaction',
        because: 'a small difference',
      },
    })),
    ruleSet('matching', matching, (name) => ({
      type: 'check',
      params: {
        name,
        check: 'price-amount',
        holdCode: 'PRICE',
        onExceed: 'hold',
        parameters: {},
        because: 'it must agree',
      },
    })),
    ruleSet('routing', routing, () => ({
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
      },
    })),
  ]
}

function ruleSet(
  kindOfSet: 'tolerance' | 'matching' | 'routing',
  rules: readonly WorkloadRule[],
  eventOf: (name: string) => unknown,
): LoadedRuleSet {
  return loadRuleSet({
    id: `bench-${kindOfSet}`,
    kind: kindOfSet,
    version: '1.0.0',
    effectiveFrom: '2026-01-01',
    scope: {},
    owner: 'bench',
    title: 'Rules to be measured with',
    rules: rules.map((rule, index) => ({
      name: rule.name,
      priority: rules.length - index,
      conditions: conditionsOf(rule),
      event: eventOf(rule.name),
    })),
  })
}

function conditionsOf({ all, any }: WorkloadRule): unknown {
  const parts: unknown[] = all.map(comparisonOf)
  return { all: any === undefined ? parts : [...parts, { any: any.map(comparisonOf) }] }
}

function comparisonOf([place, operator, value]: WorkloadLeaf): unknown {
  const [fact, ...steps] = place.split('.')
  return { fact, path: `$.${steps.join('.')}`, operator, value }
}

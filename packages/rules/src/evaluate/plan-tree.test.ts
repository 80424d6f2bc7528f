import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { engineTrees } from '../json-rules-engine/engine-trees.examples.ts'
import { aLoadedRuleSet, aRule, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { decide } from './decide.ts'
import { resultTrees, resultTreesOfRecord } from './result-trees.ts'

const kind = (value: string, labels: ExampleJson = {}): ExampleJson => ({
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value,
  ...labels,
})
const percent = (value: string, labels: ExampleJson = {}): ExampleJson => ({
  fact: 'discrepancy',
  path: '$.percent',
  operator: 'decimal-at-most',
  value,
  ...labels,
})
const present = (fact: string, labels: ExampleJson = {}): ExampleJson => ({
  fact,
  operator: 'is-present',
  value: true,
  ...labels,
})
const rated = (agency: string, labels: ExampleJson = {}): ExampleJson => ({
  fact: 'rating',
  path: '$.grade',
  params: { agency },
  operator: 'equal',
  value: 'A',
  ...labels,
})
const over = kind('over-shipment')
const short = kind('short-receipt')
// What may stand below a `not`: it does not hold where nothing is.
const isNot = (value: string): ExampleJson => kind(value, { operator: 'notEqual' })

const named: ExampleJson = {
  plain: { any: [over, percent('5')] },
  labelled: { all: [over, present('item')], name: 'the named one', priority: 3 },
  presence: { any: [present('item'), present('supplier')] },
  denied: { not: isNot('price-change'), name: 'only the price' },
  further: { condition: 'labelled' },
  // Called like what a comparison has for the condition it names.
  undefined: { any: [present('supplier')], name: 'nobody names it' },
  'further with a name': { condition: 'labelled', name: 'on the way', priority: 7 },
}
const fetched = {
  rating: {
    value: z.object({ grade: z.string() }),
    params: z.strictObject({ agency: z.string() }),
  },
}

const facts: readonly ExampleJson[] = [
  {},
  { discrepancy: null, item: null },
  { discrepancy: { kind: 'over-shipment', percent: '4.99' }, item: {}, line: { quantity: '1' } },
  { discrepancy: { kind: 'over-shipment', percent: '5.01' } },
  { discrepancy: { kind: 'short-receipt', percent: null }, item: {} },
  {
    discrepancy: { kind: 'price-change' },
    line: { quantity: '3', quantityOrdered: '2' },
    supplier: {},
    item: 'a text',
  },
].map((one) => ({
  ...one,
  'rating({"agency":"D&B"})': { grade: 'A' },
  'rating({"agency":"Creditreform"})': { grade: 'B' },
}))

const labels = { name: 'a label', priority: 2 }

describe('a condition is reported as json-rules-engine reports it', () => {
  it.each<[string, ExampleJson]>([
    ['a comparison with a path', { all: [over] }],
    ['a comparison without one', { all: [present('item')] }],
    ['a comparison with a name', { all: [kind('over-shipment', { name: 'over' })] }],
    ['a comparison with a priority', { all: [kind('over-shipment', { priority: 4 })] }],
    ['a comparison with both, and no path', { all: [present('item', labels)] }],
    ['a comparison of a fetched fact', { all: [rated('D&B'), rated('Creditreform', labels)] }],
    [
      'a comparison with another place',
      {
        all: [
          {
            fact: 'line',
            path: '$.quantity',
            operator: 'decimal-above',
            value: { fact: 'line', path: '$.quantityOrdered' },
          },
        ],
      },
    ],
    [
      'a comparison with a list and a decorator',
      {
        all: [kind('', { operator: 'someValue:equal', value: ['over-shipment', 'price-change'] })],
      },
    ],
    ['any', { any: [over, short] }],
    ['any with a name and a priority', { any: [over, short], ...labels }],
    ['all with a name', { all: [over, percent('5')], name: 'a name' }],
    ['not', { not: isNot('over-shipment') }],
    [
      'not with a name and a priority',
      { not: { any: [isNot('over-shipment'), present('item')] }, ...labels },
    ],
    ['not not', { not: { not: present('item'), name: 'inner' } }],
    [
      'groups within groups',
      { any: [{ all: [over, { not: isNot('over-shipment') }] }, { any: [short] }] },
    ],
    ['a named condition', { condition: 'plain' }],
    ['a named condition with a name of its own', { condition: 'labelled' }],
    ['a named condition, named otherwise where it is used', { condition: 'labelled', ...labels }],
    ['a plain one, named where it is used', { condition: 'plain', ...labels }],
    ['a named condition that names another', { condition: 'further' }],
    ['one that names another, named on the way', { condition: 'further with a name', ...labels }],
    ['a named condition that denies', { all: [{ condition: 'denied' }, over] }],
    [
      'a named condition among others',
      { any: [short, { condition: 'plain' }, { not: { condition: 'presence' } }] },
    ],
  ])('%s', async (_, conditions) => {
    await expectAlike([{ conditions }])
  })

  // The one of highest priority is asked first; what it decides, the others are not asked for.
  const parts: readonly [string, ExampleJson][] = [
    ['a comparison', over],
    ['a comparison without a path', present('item')],
    ['a comparison with labels', present('item', { name: 'labelled', priority: 2 })],
    ['a comparison of a fetched fact', rated('D&B')],
    ['any', { any: [over, short] }],
    ['any with labels', { any: [over, { all: [short] }], ...labels }],
    ['all with a name', { all: [over], name: 'named' }],
    ['not', { not: isNot('over-shipment') }],
    ['not with labels', { not: { any: [isNot('over-shipment')] }, ...labels }],
    ['a named condition', { condition: 'labelled' }],
    ['a named condition with labels', { condition: 'labelled', ...labels }],
    ['a named condition with a name only', { condition: 'plain', name: 'named here' }],
    ['a named condition that denies', { condition: 'denied', priority: 3 }],
    ['a named condition that names another', { condition: 'further', name: 'named here' }],
    [
      'groups of all of them',
      { all: [{ any: [{ not: { condition: 'presence' } }, present('item')] }] },
    ],
  ]
  it.each(parts)('where nobody came to it: %s', async (_, part) => {
    await expectAlike([
      { conditions: { all: [part, kind('over-shipment', { priority: 9 })] } },
      { conditions: { any: [kind('over-shipment', { priority: 9 }), part] } },
    ])
  })

  it('where nobody came to it below a not', async () => {
    const late = { any: [isNot('over-shipment'), present('supplier')], name: 'late' }
    const early = present('item', { priority: 5 })
    await expectAlike([
      { conditions: { not: { any: [late, early] } } },
      { conditions: { not: { all: [late, early], ...labels } } },
    ])
  })

  it('where priorities make several sets, of which the first that decides ends it', async () => {
    const sets = [
      present('item', { priority: 1 }),
      over,
      percent('5', { priority: 3 }),
      kind('short-receipt', { priority: 7 }),
      { not: present('supplier'), priority: 3 },
      { any: [short, over], priority: 7 },
    ]
    await expectAlike([{ conditions: { all: sets } }, { conditions: { any: sets } }])
    await expectAlike([
      { conditions: { all: sets.toReversed() } },
      { conditions: { any: sets.toReversed() } },
    ])
  })

  it('with one priority of its own for all, which is as if none had any', async () => {
    const [first, second] = [
      { ...over, priority: 5 },
      { ...percent('5'), priority: 5 },
    ]
    await expectAlike([
      { conditions: { all: [first, second] } },
      { conditions: { any: [first, second] } },
    ])
    // One without a priority has that of its fact, which is 1.
    await expectAlike([
      { conditions: { all: [over, percent('5', { priority: 1 })] } },
      { conditions: { any: [percent('5', { priority: 1 }), over] } },
    ])
  })
})

const expectAlike = async (rules: readonly ExampleJson[]): Promise<void> => {
  const loaded = aLoadedRuleSet(
    {
      conditions: named,
      rules: rules.map((rule, index) =>
        aRule({ name: `rule-${index}`, priority: rules.length - index, ...rule }),
      ),
    },
    { fetched },
  )
  for (const given of facts) {
    const expected = await engineTrees(loaded, given)
    expect(resultTrees(loaded, given)).toStrictEqual(expected)
    expect(resultTreesOfRecord(loaded, decide(loaded, given))).toStrictEqual(expected)
  }
}

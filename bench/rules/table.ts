import { strictEqual } from 'node:assert'
import { type LoadedRuleSet, loadRuleSet, makeEvaluator } from '@counterfoil/rules'
import { seededRandom } from '../random.ts'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { type WorkloadLine, workloadLines } from './workload-lines.ts'

/** What the rows of the table are told apart by. */
export const tiers = ['A', 'B', 'C', 'D', 'E']
/** The second of them. */
export const categories = Array.from({ length: 60 }, (_, index) => `category-${index}`)
/** The third of them. */
export const orderTypes = [
  'standard',
  'blanket-release',
  'scheduling-release',
  'drop-ship',
  'service',
]
const bandsEach = 20

/** A tolerance table of thirty thousand rows, beside a map keyed by hand with a search among its amounts. */
export async function benchTable(): Promise<void> {
  const { loaded, byKey, rowCount } = tables()
  const start = performance.now()
  const evaluator = makeEvaluator([loaded])
  const milliseconds = performance.now() - start
  const lines = tableLines(20_000)
  for (const line of lines) strictEqual(evaluator.first(line), byHand(byKey, line))
  console.log(
    `\na tolerance table of ${rowCount.toLocaleString('en-US')} rows (tier, category, order type, amount from and to); indexed in ${Math.round(milliseconds)} ms`,
  )
  let kept = 0
  const laps = await race(
    [
      {
        name: 'a map keyed by hand, binary search among the amounts',
        operations: lines.length,
        run: () => {
          for (const line of lines) kept += byHand(byKey, line) ?? 0
        },
      },
      {
        name: '@counterfoil/rules, the first row that fires',
        operations: lines.length,
        run: () => {
          for (const line of lines) kept += evaluator.first(line) ?? 0
        },
      },
    ],
    15,
  )
  print(laps, 'by hand')
  say('at most 3 times the map', laps[1]?.ratio ?? Number.NaN, 3)
}

type Keyed = ReadonlyMap<string, { readonly from: readonly number[]; readonly firstRow: number }>

function tables(): {
  readonly loaded: LoadedRuleSet
  readonly byKey: Keyed
  readonly rowCount: number
} {
  const random = seededRandom(7)
  const rows: (string | null)[][] = []
  const byKey = new Map<string, { from: number[]; firstRow: number }>()
  for (const tier of tiers) {
    for (const category of categories) {
      for (const type of orderTypes) {
        const from = Array.from(
          { length: bandsEach - 1 },
          () => Math.floor(random() * 900_000) / 100,
        )
          .toSorted((a, b) => a - b)
          .map((amount, index) => amount + index)
        const edges = ['0', ...from.map((amount) => amount.toFixed(2))]
        byKey.set(`${tier}|${category}|${type}`, { from: edges.map(Number), firstRow: rows.length })
        for (const [index, edge] of edges.entries()) {
          rows.push([tier, category, type, edge, edges[index + 1] ?? null, String(index)])
        }
      }
    }
  }
  return { loaded: tableSet(rows), byKey, rowCount: rows.length }
}

/** A tolerance set of one table: tier, category, order type, amount from, amount below, percentage. */
export function tableSet(rows: readonly (readonly (string | null)[])[]): LoadedRuleSet {
  const at = (fact: string, path: string, operator: string) => ({ fact, path, operator })
  return loadRuleSet({
    id: 'bench-table',
    kind: 'tolerance',
    version: '1.0.0',
    effectiveFrom: '2026-01-01',
    scope: {},
    owner: 'bench',
    title: 'A large table to be measured with',
    rules: [],
    tables: [
      {
        name: 'matrix',
        columns: [
          at('supplier', '$.class', 'equal'),
          at('item', '$.category', 'equal'),
          at('order', '$.type', 'equal'),
          at('line', '$.amount', 'decimal-at-least'),
          at('line', '$.amount', 'decimal-below'),
        ],
        outputs: ['/upper/pct'],
        event: {
          type: 'tolerance',
          params: {
            upper: { abs: null, pct: '0' },
            lower: { abs: null, pct: null },
            combine: 'either',
            percentBase: 'line',
            lowerEffect: 'ignore',
            amountCurrency: 'transaction',
            because: 'as the matrix says',
          },
        },
        rows,
      },
    ],
  })
}

/** Invoice lines over all keys of the table. */
export function tableLines(count: number): readonly WorkloadLine[] {
  const random = seededRandom(11)
  const one = (values: readonly string[]) => values[Math.floor(random() * values.length)] ?? ''
  return workloadLines(count).map((line): WorkloadLine =>
    JSON.parse(
      JSON.stringify({
        ...line,
        supplier: { ...line.supplier, class: one(tiers) },
        item: { ...line.item, category: one(categories) },
        order: { ...line.order, type: one(orderTypes) },
      }),
    ),
  )
}

function byHand(byKey: Keyed, { supplier, item, order, line }: WorkloadLine): number | null {
  const found = byKey.get(`${supplier.class}|${item.category}|${order.type}`)
  if (found === undefined) return null
  const amount = Number(line.amount)
  const { from, firstRow } = found
  let low = 0
  let high = from.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((from[middle] ?? 0) <= amount) low = middle + 1
    else high = middle
  }
  return low === 0 ? null : firstRow + low - 1
}

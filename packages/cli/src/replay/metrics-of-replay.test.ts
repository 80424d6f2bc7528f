import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  addDecimals,
  compareDecimals,
  decimal,
  type Decimal,
  type DomainEvent,
  instant,
  type PurchaseOrder,
  type Receipt,
  subtractDecimals,
} from '@counterfoil/core'
import { createInsight, type MetricRequest } from '@counterfoil/insight'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { planOrder } from './plan-order.ts'
import { readRegister } from './read-register.ts'
import { readTraces } from './read-traces.ts'
import { replayTrace } from './replay-trace.ts'

const data =
  process.env['COUNTERFOIL_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const tracesFile = join(data, 'bpic2019-variants.jsonl.gz')
const registerFile = join(data, 'wvu-po-lines-2017-2021.csv')
const isHere = existsSync(tracesFile) && existsSync(registerFile)

if (!isHere) {
  console.warn(
    'skipped: there are no recorded histories to measure, COUNTERFOIL_DATA names their folder',
  )
}

const policy = createPolicy({
  ruleSets: loadRuleSetFolder(
    dirname(fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json'))),
  ).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
})

/** One history in so many is measured. */
const every = 80
const now = instant('2030-01-01T00:00:00Z')
const insight = createInsight()
/** What was told and decided in each history, in order: all that a naive count looks at. */
const logs: (readonly DomainEvent[])[] = []

const ask = (metric: MetricRequest['metric'], variant?: string) =>
  insight.measurements({
    tenant: 'replay',
    metric,
    now,
    ...(variant !== undefined && { where: { variant } }),
  })
const sumOf = (measurements: ReturnType<typeof ask>, figure: string): number =>
  measurements.reduce((sum, { figures }) => sum + Number(figures[figure] ?? 0), 0)

describe.skipIf(!isHere)('the metrics of recorded histories are those a naive count gives', () => {
  beforeAll(() => {
    const register = readRegister(registerFile).lines
    let number = 0
    for (const trace of readTraces(tracesFile).traces) {
      const content = register[number % register.length]
      number += 1
      if (content === undefined || (number - 1) % every !== 0) continue
      const { world } = replayTrace(trace, planOrder(trace, content), policy)
      for (const [kind, states] of [
        ['order', world.orders],
        ['shipment', world.shipments],
        ['invoice', world.invoices],
      ] as const) {
        for (const [key, state] of Object.entries(states)) {
          insight.take('replay', { kind, key }, state)
        }
      }
      logs.push(world.log)
    }
    expect(logs.length).toBeGreaterThan(100)
  }, 300_000)

  it('hours to the first answer (R-118)', () => {
    const hours = logs.flatMap((log) => {
      const first = versionsIn(log)[0]
      const answers = ofType(log, 'acknowledgment.received')
        .map((event) => documentIn(event).issuedAt)
        .filter((at) => first !== undefined && Date.parse(at) >= Date.parse(first.issuedAt))
        .toSorted((a, b) => Date.parse(a) - Date.parse(b))
      const [answer] = answers
      return first === undefined || answer === undefined
        ? []
        : [officeHours(first.issuedAt, answer)]
    })
    const measured = ask('confirmation-cycle-time')
      .filter(({ figures }) => figures['unanswered'] === '0')
      .map(({ figures }) => Number(figures['hours']))
    expect(hours.length).toBeGreaterThan(10)
    expectAlike(measured, hours)
  })

  it('lines counted, less what was taken back (R-121)', () => {
    const left = logs.flatMap((log) => (versionsIn(log).length === 0 ? [] : standingCounts(log)))
    expect(left.length).toBeGreaterThan(50)
    expect(sumOf(ask('receiving-discrepancy-rate'), 'lines')).toBe(left.length)
  })

  it('invoices that went through without a hand (R-122)', () => {
    const touchless = logs.flatMap((log) =>
      invoicesIn(log).filter(
        (events) =>
          isReleased(events) &&
          !events.some(({ type, actor }) => actor.kind === 'user' && type !== 'invoice.received'),
      ),
    )
    expect(touchless.length).toBeGreaterThan(20)
    expect(sumOf(ask('touchless-match-rate'), 'touchless')).toBe(touchless.length)
  })

  it('cases that are open, and how long the others took (R-123)', () => {
    const cases = new Map<string, { readonly openedAt: string; settledAt: string | null }>()
    for (const { type, data: told, receivedAt } of logs.flat()) {
      if (type === 'case.opened') {
        const opened = told['case'] as { readonly exceptionId: string; readonly openedAt: string }
        cases.set(opened.exceptionId, { openedAt: opened.openedAt, settledAt: null })
      }
      const one = cases.get(told['exceptionId'] as string)
      if (one !== undefined && settling.has(type)) one.settledAt ??= receivedAt
    }
    const all = [...cases.values()]
    const settled = all.flatMap(({ openedAt, settledAt }) =>
      settledAt === null ? [] : [(Date.parse(settledAt) - Date.parse(openedAt)) / 3_600_000],
    )
    expect(settled.length).toBeGreaterThan(20)
    expect(ask('exception-aging', 'open')).toHaveLength(all.length - settled.length)
    expectAlike(
      ask('exception-aging', 'settled').map(({ figures }) => Number(figures['hours'])),
      settled,
    )
  })

  it('deliveries by the day first asked for (R-124)', () => {
    const onTime = logs.filter((log) => {
      const versions = versionsIn(log)
      const wanted = versions[0]?.lines[0]?.schedules[0]?.requestedDate
      const ordered = versions.at(-1)?.lines[0]?.quantityOrdered
      if (wanted === undefined || wanted === null || ordered === undefined) return false
      const arrived = arrivedOn(standingCounts(log), ordered)
      return arrived !== null && arrived <= wanted
    })
    expect(onTime.length).toBeGreaterThan(5)
    expect(sumOf(ask('on-time-inbound', 'original-request'), 'onTime')).toBe(onTime.length)
  })
})

/** Released, and that was not taken back since. */
function isReleased(events: readonly DomainEvent[]): boolean {
  const last = events.findLast(({ type }) => releasing.has(type))
  return last?.type === 'invoice.released'
}

const releasing: ReadonlySet<string> = new Set(['invoice.released', 'invoice.withheld'])
const settling: ReadonlySet<string> = new Set([
  'case.cured',
  'case.resolved',
  'case.bypassed',
  'case.merged',
])

function ofType(log: readonly DomainEvent[], type: string): readonly DomainEvent[] {
  return log.filter((event) => event.type === type)
}

function documentIn(event: DomainEvent | undefined): {
  readonly issuedAt: string
  readonly documentNumber: string
} {
  return event?.data['document'] as never
}

/** What the ERP issued, by version. */
function versionsIn(log: readonly DomainEvent[]): readonly PurchaseOrder[] {
  return ofType(log, 'order.issued')
    .map(({ data: told }) => told['document'] as never as PurchaseOrder)
    .toSorted((a, b) => a.version - b.version)
}

function invoicesIn(log: readonly DomainEvent[]): readonly (readonly DomainEvent[])[] {
  const ofInvoices = log.filter(({ aggregate }) => aggregate.kind === 'invoice')
  return [...Map.groupBy(ofInvoices, ({ aggregate }) => aggregate.key).values()]
}

/** Counts in the order of their days, each with what a reversal that names it left of it. */
function standingCounts(
  log: readonly DomainEvent[],
): readonly { readonly day: string; readonly quantity: Decimal }[] {
  const receipts = ofType(log, 'receipt.recorded').map(
    ({ data: told }) => told['document'] as never as Receipt,
  )
  const reversed = new Set(
    receipts.flatMap(({ lines }) =>
      lines.flatMap(({ reversesReceiptNumber }) => reversesReceiptNumber ?? []),
    ),
  )
  return receipts
    .filter(
      ({ receiptType, documentNumber }) =>
        receiptType === 'receipt' && !reversed.has(documentNumber),
    )
    .flatMap(({ receivedDate, lines }) =>
      lines.map(({ quantity }) => ({ day: receivedDate, quantity })),
    )
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** The day on which as much had come as was ordered; null where it never did. */
function arrivedOn(counts: ReturnType<typeof standingCounts>, ordered: Decimal): string | null {
  let came = decimal('0')
  for (const { day, quantity } of counts) {
    came = addDecimals(came, quantity)
    if (compareDecimals(subtractDecimals(ordered, came), decimal('0')) <= 0) return day
  }
  return null
}

/** Monday to Friday, 8 to 17, UTC, day by day. */
function officeHours(from: string, to: string): number {
  const hour = 3_600_000
  let worked = 0
  for (let day = Math.floor(Date.parse(from) / (24 * hour)); ; day += 1) {
    const midnight = day * 24 * hour
    if (midnight > Date.parse(to)) return worked / hour
    const weekday = new Date(midnight).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const begin = Math.max(midnight + 8 * hour, Date.parse(from))
    const end = Math.min(midnight + 17 * hour, Date.parse(to))
    worked += Math.max(0, end - begin)
  }
}

/** The same numbers, each to four places, in whatever order. */
function expectAlike(measured: readonly number[], counted: readonly number[]): void {
  const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)
  expect(measured).toHaveLength(counted.length)
  const naive = sorted(counted)
  for (const [index, hours] of sorted(measured).entries()) {
    expect(Math.abs(hours - (naive[index] ?? Number.NaN))).toBeLessThanOrEqual(0.000_05)
  }
}

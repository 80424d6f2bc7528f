import { instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { nearestRank, officeMinutes } from './naive-figures.examples.ts'
import { createInsight } from './create-insight.ts'
import { followBooks } from './follow-books.ts'
import type { MetricName } from './measurement.ts'
import { type Life, live, orderPrice } from './some-lives.examples.ts'

const end = '2026-12-20T12:00:00Z'
const lives = someLives(60)
const { store, runtime } = await live(lives, end)
const insight = createInsight()
await followBooks(insight, { store, tenant: 'acme' })
const now = instant(end)

function rows(metric: MetricName, where: object = {}) {
  return insight.read({ tenant: 'acme', metric, now, where })
}

/** The numbers of the one row there is. */
function numbers(metric: MetricName, where: object = {}) {
  const found = rows(metric, where)
  expect(found).toHaveLength(1)
  return found[0]?.summaries ?? {}
}

/** The orders of the things counted for which a figure is not zero: what a person is shown who asks which. */
function ordersWith(metric: MetricName, figure: string, where: object = {}) {
  const found = insight
    .measurements({ tenant: 'acme', metric, now, where })
    .filter(({ figures }) => Number(figures[figure] ?? 0) !== 0)
  return [...new Set(found.flatMap(({ orderKeys }) => orderKeys))].toSorted()
}

const keysOf = (some: readonly Life[]) => some.map(({ number }) => `acme/0001/${number}`).toSorted()
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
const leftOf = ({ counted }: Life) =>
  counted === null ? 0 : (counted.recounted ?? counted.quantity) - (counted.reversed ?? 0)

/** The same numbers from the lives alone, the slow way. */
describe('the six outcomes of sixty lives are those a naive count gives (R-110)', () => {
  it('order errors: a price nobody agreed to is one (R-110)', () => {
    const wrong = lives.filter(({ answer }) => answer?.price !== undefined)
    expect(wrong.length).toBeGreaterThan(3)
    const found = numbers('order-error-rate')
    expect(found).toMatchObject({ orders: '60', errors: String(wrong.length) })
    expect(Number(found['rate'])).toBeCloseTo(wrong.length / 60, 5)
    expect(ordersWith('order-error-rate', 'erroneous')).toEqual(keysOf(wrong))
  })

  it('receiving exceptions: every line of which something was damaged, and none without a case (R-110)', async () => {
    const came = lives.filter((life) => leftOf(life) > 0)
    const damaged = came.filter(({ counted }) => (counted?.damaged ?? 0) > 0)
    const where = { variant: 'receiving' }
    expect(numbers('document-exception-rate', where)).toMatchObject({
      counted: String(came.length),
    })
    const excepted = ordersWith('document-exception-rate', 'excepted', where)
    expect(excepted).toEqual(expect.arrayContaining(keysOf(damaged)))
    const withCase: string[] = []
    for (const key of keysOf(lives)) {
      const reference = { kind: 'order', key } as const
      const { rows: log } = await runtime.queries.events({ tenant: 'acme', aggregate: reference })
      const codes = log
        .filter(({ type }) => type === 'case.opened')
        .map(
          ({ data }) => (data as never as { readonly case: { readonly code: string } }).case.code,
        )
      if (codes.some((code) => code.startsWith('RCV_'))) withCase.push(key)
    }
    expect(excepted.length).toBeLessThan(came.length)
    const cameKeys = new Set(keysOf(came))
    expect(excepted).toEqual([...new Set(withCase)].filter((key) => cameKeys.has(key)).toSorted())
  })

  it('invoice exceptions: every bill at another price, and before its goods (R-110)', () => {
    const billed = lives.filter((life) => life.billed !== null)
    const where = { variant: 'invoice' }
    expect(numbers('document-exception-rate', where)).toMatchObject({
      counted: String(billed.length),
    })
    const early = billed.filter((life) => leftOf(life) === 0)
    const dear = billed.filter((life) => (life.billed?.price ?? 0) > orderPrice + 1)
    const excepted = ordersWith('document-exception-rate', 'excepted', where)
    expect(excepted).toEqual(expect.arrayContaining(keysOf(early)))
    expect(excepted).toEqual(expect.arrayContaining(keysOf(dear)))
    const clean = billed.filter(
      (life) =>
        life.billed?.price === orderPrice &&
        life.billed.express === undefined &&
        life.counted?.damaged === 0 &&
        leftOf(life) === life.ordered &&
        life.counted.quantity === life.ordered &&
        life.answer?.price === undefined,
    )
    expect(clean.length).toBeGreaterThan(3)
    for (const key of keysOf(clean)) expect(excepted).not.toContain(key)
  })

  it('supplier response time: hours of every answer, minute by minute (R-110)', () => {
    const hours = lives.map(({ issuedAt, answer, counted, ordered }) => {
      const isDelivered = counted !== null && leftOf(lifeWith(counted, ordered)) >= ordered
      return (
        officeMinutes(issuedAt, answer?.at ?? (isDelivered ? `${counted.day}T10:00:00Z` : end)) / 60
      )
    })
    const found = numbers('supplier-response-time', { variant: 'order' })
    expect(found['asked']).toBe('60')
    expect(Number(found['medianHours'])).toBeCloseTo(nearestRank(hours, 0.5), 4)
    expect(Number(found['p90Hours'])).toBeCloseTo(nearestRank(hours, 0.9), 4)
  })

  it('inventory accuracy: what was booked right the first time, of lines and of units (R-110)', () => {
    const counted = lives.flatMap((life) => life.counted ?? [])
    const right = counted.filter(
      ({ reversed, recounted }) => reversed === undefined && recounted === undefined,
    )
    expect(counted.length - right.length).toBeGreaterThan(5)
    const found = numbers('inventory-accuracy')
    expect(found['bookings']).toBe(String(counted.length))
    expect(Number(found['accuracy'])).toBeCloseTo(right.length / counted.length, 5)
    const units = sum(counted.map(({ quantity, recounted }) => recounted ?? quantity))
    const off = sum(counted.map(({ reversed }) => reversed ?? 0))
    expect(Number(found['unitAccuracy'])).toBeCloseTo(1 - off / units, 5)
  })

  it('expedite cost: the charges for haste of released invoices, to the cent (R-110)', async () => {
    const released = new Set(
      insight
        .measurements({ tenant: 'acme', metric: 'touchless-match-rate', now })
        .flatMap(({ orderKeys }) => orderKeys),
    )
    const paid = lives.filter(({ number, billed }) => billed && released.has(`acme/0001/${number}`))
    const hasty = paid.filter(({ billed }) => billed?.express !== undefined)
    expect(hasty.length).toBeGreaterThan(3)
    const found = numbers('expedite-cost')
    expect(found['invoices']).toBe(String(paid.length))
    const cents = sum(hasty.map(({ billed }) => Math.round(Number(billed?.express) * 100)))
    expect(Math.round(Number(found['cost']) * 100)).toBe(cents)
    expect(ordersWith('expedite-cost', 'cost')).toEqual(keysOf(hasty))
  })

  it('on-time fulfilment: the order whole by the day first asked for (R-110)', () => {
    const isWhole = (life: Life) => leftOf(life) >= life.ordered
    const onTime = lives.filter(
      (life) => isWhole(life) && life.counted !== null && life.counted.day <= life.wanted,
    )
    const counted = lives.filter((life) => isWhole(life) || `${life.wanted}T24:00` <= end)
    const found = numbers('on-time-fulfilment')
    expect(found['orders']).toBe(String(counted.length))
    expect(Number(found['onTime'])).toBeCloseTo(onTime.length / counted.length, 5)
    expect(ordersWith('on-time-fulfilment', 'onTime')).toEqual(keysOf(onTime))
  })

  it('each is looked at by supplier too, and the parts are the whole (R-110)', () => {
    const whole = Number(numbers('order-error-rate')['errors'])
    const bySupplier = insight.read({
      tenant: 'acme',
      metric: 'order-error-rate',
      now,
      by: ['supplier'],
    })
    expect(bySupplier.length).toBe(3)
    expect(sum(bySupplier.map(({ summaries }) => Number(summaries['errors'])))).toBe(whole)
  })
})

function lifeWith(counted: Life['counted'], ordered: number): Life {
  const [life] = lives
  if (life === undefined) throw new Error('no lives')
  return { ...life, counted, ordered }
}

function someLives(count: number): readonly Life[] {
  let seed = 20_261_128
  const chance = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const day = (number: number): string =>
    new Date(Date.UTC(2026, 10, 2 + number)).toISOString().slice(0, 10)
  return Array.from({ length: count }, (_, index) => {
    const start = chance(20)
    const wanted = start + 6 + chance(5)
    const ordered = 5 + chance(50)
    const came = wanted - 2 + chance(5)
    const correction = chance(6)
    const isCounted = chance(8) > 0
    const haste = chance(4) === 0 ? { express: `${10 + chance(90)}.${10 + chance(90)}` } : {}
    return {
      number: `PO-${index}`,
      supplier: `S${(1 + chance(3)) * 100}`,
      item: `SKU-${chance(4)}`,
      ordered,
      issuedAt: `${day(start)}T0${chance(10)}:${chance(6)}0:00Z`,
      wanted: day(wanted),
      answer:
        chance(5) > 0
          ? {
              at: `${day(start + chance(3))}T1${chance(10)}:${chance(6)}0:00Z`,
              promised: day(wanted),
              ...(chance(5) === 0 && { price: '19.90' }),
            }
          : null,
      announced: { at: `${day(came - 1)}T07:00:00Z`, quantity: ordered },
      counted: isCounted
        ? {
            day: day(came),
            quantity: ordered,
            damaged: chance(6) === 0 ? 1 : 0,
            ...(correction === 0 && { reversed: 1 + chance(4) }),
            ...(correction === 1 && { recounted: ordered - 1 - chance(3) }),
          }
        : null,
      billed:
        chance(5) > 0
          ? {
              day: day(came + 1),
              price: orderPrice + (chance(5) === 0 ? 5 : 0),
              ...haste,
            }
          : null,
    }
  })
}

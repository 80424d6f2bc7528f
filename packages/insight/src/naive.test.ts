import { instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { nearestRank, officeMinutes } from './naive-figures.examples.ts'
import { createInsight } from './create-insight.ts'
import { followBooks } from './follow-books.ts'
import { type Life, live, orderPrice } from './some-lives.examples.ts'

const end = '2026-12-20T12:00:00Z'
const lives = someLives(80)
const { store } = await live(lives, end)
const insight = createInsight()
await followBooks(insight, { store, tenant: 'acme' })
const now = instant(end)

/** The same numbers from the lives alone, the slow way. */
describe('the metrics of eighty lives are those a naive count gives', () => {
  const suppliers = ['S100', 'S200', 'S300']

  it.each(suppliers)('confirmation cycle time of %s (R-118)', (supplier) => {
    const hours = lives
      .filter((life) => life.supplier === supplier)
      .map(({ issuedAt, answer, ordered, counted }) => {
        const isDelivered = counted !== null && counted.quantity >= ordered
        const came = isDelivered ? `${counted.day}T10:00:00Z` : end
        return officeMinutes(issuedAt, answer?.at ?? came) / 60
      })
    const [row] = insight.read({
      tenant: 'acme',
      metric: 'confirmation-cycle-time',
      now,
      where: { supplier },
    })
    const { schedules, medianHours, p90Hours } = row?.summaries ?? {}
    expect(schedules).toBe(String(hours.length))
    expect(Number(medianHours)).toBeCloseTo(nearestRank(hours, 0.5), 4)
    expect(Number(p90Hours)).toBeCloseTo(nearestRank(hours, 0.9), 4)
  })

  it('ship notice to receipt accuracy, of lines and of units (R-120)', () => {
    const seen = lives.flatMap(({ announced, counted }) =>
      announced === null || counted === null ? [] : [{ announced, counted }],
    )
    const accurate = seen.filter(
      ({ announced, counted }) => announced.quantity === counted.quantity && counted.damaged === 0,
    )
    const off = sum(
      seen.map(({ announced, counted }) => Math.abs(announced.quantity - counted.quantity)),
    )
    const [row] = insight.read({
      tenant: 'acme',
      metric: 'ship-notice-accuracy',
      now,
      where: { variant: 'as-received' },
    })
    expect(row?.summaries['counted']).toBe(String(seen.length))
    expect(Number(row?.summaries['accuracy'])).toBeCloseTo(accurate.length / seen.length, 6)
    expect(Number(row?.summaries['unitAccuracy'])).toBeCloseTo(
      1 - off / sum(seen.map(({ announced }) => announced.quantity)),
      6,
    )
  })

  it('receiving discrepancy rate, of lines and by value (R-121)', () => {
    const counts = lives.flatMap(({ counted }) => counted ?? [])
    const damaged = counts.filter((count) => count.damaged > 0)
    const [row] = insight.read({ tenant: 'acme', metric: 'receiving-discrepancy-rate', now })
    expect(row?.dimensions).toEqual({ currency: 'EUR' })
    expect(Number(row?.summaries['rate'])).toBeCloseTo(damaged.length / counts.length, 6)
    expect(Number(row?.summaries['rateByValue'])).toBeCloseTo(
      sum(damaged.map(({ quantity }) => quantity)) / sum(counts.map(({ quantity }) => quantity)),
      6,
    )
  })

  it.each(suppliers)('on-time inbound of %s against three days (R-124)', (supplier) => {
    const own = lives.filter((life) => life.supplier === supplier)
    const against = (dueOf: (life: Life) => string | null) => {
      const due = own.flatMap((life) => {
        const day = dueOf(life)
        const isWhole = (life.counted?.quantity ?? 0) >= life.ordered
        const arrived = isWhole ? life.counted?.day : undefined
        const isOver = day !== null && `${day}T24:00` <= end
        return day !== null && (arrived !== undefined || isOver) ? [{ day, arrived }] : []
      })
      return {
        schedules: String(due.length),
        onTime: fiveDigits(
          due.filter(({ day, arrived }) => arrived !== undefined && arrived <= day).length,
          due.length,
        ),
      }
    }
    const rows = insight.read({
      tenant: 'acme',
      metric: 'on-time-inbound',
      now,
      where: { supplier },
    })
    const found = Object.fromEntries(
      rows.map(({ dimensions, summaries: { schedules, onTime } }) => [
        dimensions.variant,
        { schedules, onTime: Math.floor(Number(onTime) * 1e5 + 1e-6) / 1e5 },
      ]),
    )
    expect(found).toEqual({
      'original-request': against(({ wanted }) => wanted),
      'first-promise': against(({ answer }) => answer?.promised ?? null),
      'latest-promise': against(({ answer }) => answer?.promised ?? null),
    })
  })

  it('touchless match rate: what agrees goes through by itself (R-122)', () => {
    const agreed = lives.filter(
      ({ billed, counted, ordered }) =>
        billed?.price === orderPrice && counted?.damaged === 0 && counted.quantity === ordered,
    )
    const [row] = insight.read({ tenant: 'acme', metric: 'touchless-match-rate', now })
    const released = insight.measurements({ tenant: 'acme', metric: 'touchless-match-rate', now })
    expect(row?.summaries['rate']).toBe('1')
    expect(Number(row?.summaries['invoices'])).toBe(released.length)
    const orders = new Set(row?.orderKeys)
    for (const { number } of agreed) expect(orders).toContain(`acme/0001/${number}`)
  })

  it('price variance of every bill, in percent, signed (R-125)', () => {
    const percents = lives.flatMap(({ billed }) =>
      billed === null ? [] : [((billed.price - orderPrice) / orderPrice) * 100],
    )
    const [row] = insight.read({
      tenant: 'acme',
      metric: 'supplier-variance',
      now,
      where: { variant: 'price' },
    })
    expect(row?.summaries['counted']).toBe(String(percents.length))
    expect(Number(row?.summaries['median'])).toBeCloseTo(nearestRank(percents, 0.5), 3)
  })

  it('days late of every delivery that is complete (R-125)', () => {
    const days = lives.flatMap(({ counted, ordered, wanted }) =>
      counted === null || counted.quantity < ordered
        ? []
        : [(Date.parse(counted.day) - Date.parse(wanted)) / 86_400_000],
    )
    const [row] = insight.read({
      tenant: 'acme',
      metric: 'supplier-variance',
      now,
      where: { variant: 'date' },
    })
    expect(row?.summaries['counted']).toBe(String(days.length))
    expect(Number(row?.summaries['median'])).toBe(nearestRank(days, 0.5))
  })
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

/** As six decimal places, rounded half up, are cut to five. */
function fiveDigits(part: number, whole: number): number {
  return Math.floor(Math.round((part / whole) * 1e6) / 10) / 1e5
}

function someLives(count: number): readonly Life[] {
  let seed = 20_261_127
  const chance = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const day = (number: number): string =>
    new Date(Date.UTC(2026, 10, 2 + number)).toISOString().slice(0, 10)
  return Array.from({ length: count }, (_, index) => {
    const start = chance(20)
    const wanted = start + 6 + chance(5)
    const ordered = 1 + chance(50)
    const came = wanted - 2 + chance(6)
    const counted = ordered - (chance(4) === 0 ? chance(ordered) : 0)
    const isAnswered = chance(5) > 0
    const isAnnounced = chance(4) > 0
    const isCounted = chance(8) > 0
    return {
      number: `PO-${index}`,
      supplier: `S${(1 + chance(3)) * 100}`,
      item: `SKU-${chance(4)}`,
      ordered,
      issuedAt: `${day(start)}T0${chance(10)}:${chance(6)}0:00Z`,
      wanted: day(wanted),
      answer: isAnswered
        ? {
            at: `${day(start + chance(3))}T1${chance(10)}:${chance(6)}0:00Z`,
            promised: day(wanted + (chance(3) === 0 ? chance(4) : 0)),
          }
        : null,
      announced: isAnnounced
        ? { at: `${day(came - 1)}T07:00:00Z`, quantity: chance(5) === 0 ? ordered : counted }
        : null,
      counted: isCounted
        ? { day: day(came), quantity: counted, damaged: chance(6) === 0 ? 1 : 0 }
        : null,
      billed:
        chance(5) > 0
          ? { day: day(came + 1), price: orderPrice + (chance(4) === 0 ? (chance(5) - 2) / 10 : 0) }
          : null,
    }
  })
}

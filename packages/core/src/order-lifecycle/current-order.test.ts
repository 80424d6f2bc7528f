import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { currentOrder, outlineOf, versionAt } from './current-order.ts'
import { noFacts, type ChangeDecision, type OrderFacts } from './order-facts.ts'
import { stampDocument } from './stamp-document.ts'

const first = aPurchaseOrder()
const quantity = (to: string) => [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to }]

function accepted(to: string, at: string, basedOnVersion = 1): ChangeDecision {
  return {
    decision: 'accept',
    by: 'bert',
    at: instant(at),
    reason: null,
    basedOnVersion,
    differences: quantity(to),
  }
}

function facts(decisions: OrderFacts['decisions'], ...issued: (typeof first)[]): OrderFacts {
  const all = [first, ...issued]
  return {
    ...noFacts,
    issued: all.at(-1) ?? first,
    versions: all.map((order) => outlineOf(order, 'issued')),
    decisions,
  }
}

const issuedAs = (version: number, to: string) =>
  aPurchaseOrder({
    version,
    revision: version - 1,
    issuedAt: `2026-11-2${version}T08:00:00Z`,
    lines: [anOrderLine({ quantityOrdered: to })],
  })

describe('the current order', () => {
  it('is nothing before a version came', () => {
    expect(currentOrder(noFacts)).toBeNull()
  })

  it('is the issued version with the changes agreed on top of it, one version each', () => {
    const current = currentOrder(
      facts({
        a: accepted('8', '2026-11-21T08:00:00Z'),
        b: accepted('9', '2026-11-22T08:00:00Z', 2),
      }),
    )
    expect(current?.order).toMatchObject({ version: 3, lines: [{ quantityOrdered: '9' }] })
    expect(current?.versions).toMatchObject([
      { source: 'issued' },
      { source: 'agreed', changeId: 'a' },
      { source: 'agreed', changeId: 'b' },
    ])
  })

  it('takes of two changes of one version the one decided first, whichever came first', () => {
    const current = currentOrder(
      facts({ b: accepted('9', '2026-11-22T08:00:00Z'), a: accepted('8', '2026-11-21T08:00:00Z') }),
    )
    expect(current?.order.lines[0]?.quantityOrdered).toBe('8')
    expect(current?.superseded).toEqual(['b'])
  })

  it('passes over a change that makes no valid order, and over what was turned down', () => {
    const current = currentOrder(
      facts({
        a: { ...accepted('none', '2026-11-21T08:00:00Z') },
        b: { ...accepted('9', '2026-11-22T08:00:00Z'), decision: 'reject' },
      }),
    )
    expect(current?.order).toMatchObject({ version: 1 })
    expect(current?.superseded).toEqual(['a'])
  })

  it('is what the ERP issued, where it carries a change out or overtakes it (R-44, R-46)', () => {
    const decisions = { a: accepted('8.0', '2026-11-21T08:00:00Z') }
    const carriedOut = currentOrder(facts(decisions, issuedAs(2, '8')))
    expect(carriedOut).toMatchObject({ order: { version: 2 }, carriedOut: ['a'], superseded: [] })
    const overtaken = currentOrder(facts(decisions, issuedAs(2, '7')))
    expect(overtaken).toMatchObject({ order: { version: 2 }, carriedOut: [], superseded: ['a'] })
  })

  it('was the latest version issued by a moment, or the first one known', () => {
    const { versions } = facts({}, issuedAs(2, '8'), issuedAs(3, '9'))
    expect(versionAt(versions, instant('2026-11-22T09:00:00Z'))).toBe(2)
    expect(versionAt(versions, instant('2026-11-01T09:00:00Z'))).toBe(1)
    expect(versionAt([], instant('2026-11-01T09:00:00Z'))).toBe(1)
  })
})

describe('the content that stands under a number', () => {
  const arrived = (revision: number, hash: string, day = '21') => ({
    revision,
    hash,
    issuedAt: instant(`2026-11-${day}T08:00:00Z`),
  })

  it('is the highest revision, and of one revision the one issued first, in any order of arrival', () => {
    const texts = [
      arrived(0, 'a'),
      arrived(1, 'b', '23'),
      arrived(1, 'c', '22'),
      arrived(1, 'd', '22'),
    ]
    const orders = texts.flatMap((one) =>
      texts
        .filter((two) => two !== one)
        .map((two) => [one, two, ...texts.filter((rest) => rest !== one && rest !== two)]),
    )
    const stamps = orders.map((inTurn) => {
      let stamp: Parameters<typeof stampDocument>[0]
      for (const text of inTurn) {
        const stamped = stampDocument(stamp, text)
        if (stamped.kind === 'duplicate') throw new Error('nothing came twice')
        ;({ stamp } = stamped)
      }
      return stamp
    })
    expect(stamps[0]).toMatchObject({ revision: 1, hash: 'c', rivals: ['b', 'd'], older: ['a'] })
    for (const stamp of stamps) expect(stamp).toEqual(stamps[0])
  })

  it('is known again, also when something else stands', () => {
    const first = stampDocument(undefined, arrived(0, 'a'))
    if (first.kind === 'duplicate') throw new Error('it is new')
    const second = stampDocument(first.stamp, arrived(1, 'b'))
    if (second.kind === 'duplicate') throw new Error('it is new')
    expect(stampDocument(second.stamp, arrived(0, 'a')).kind).toBe('duplicate')
    expect(stampDocument(second.stamp, arrived(0, 'z')).kind).toBe('superseded')
    expect(stampDocument(second.stamp, arrived(1, 'z', '25')).kind).toBe('lost')
  })
})

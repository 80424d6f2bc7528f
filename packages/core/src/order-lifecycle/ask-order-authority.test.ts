import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { decimal } from '../decimal/decimal.ts'
import type { Actor } from '../message/actor.ts'
import { currency } from '../money/currency.ts'
import { money } from '../money/money.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { askOrderAuthority } from './ask-order-authority.ts'
import { anOrderMessage, anOrderTold, tellOrder } from './order-lifecycle.examples.ts'

const carl: Actor = { kind: 'user', id: 'carl', roles: [] }
const anna: Actor = { kind: 'user', id: 'anna', roles: [] }

describe('what a host is asked before something is said to an order', () => {
  // Ten pieces at 12.40 are 124.00.
  const document = aPurchaseOrder({ lines: [anOrderLine({ quantityOrdered: '10' })] })
  const drafted = anOrderMessage('order.drafted', { document }, { by: anna })
  const submitted = anOrderMessage('order.submitted', {}, { by: anna })
  const written = anOrderTold([drafted, submitted])
  const approval = anOrderMessage('order.approved', {}, { by: carl })

  it('is the value of an order that is to be approved, and who wrote it', () => {
    expect(askOrderAuthority(written, approval)).toMatchObject({
      action: 'order.approved',
      decisionType: 'order',
      exposure: money('124.00', 'EUR'),
      scope: { supplier: 'S100', buyerOrganisation: '0001' },
      duty: 'approve-order',
      duties: [{ duty: 'create-order', by: 'anna' }],
    })
  })

  it('is held against the limit that was answered (INV-15)', () => {
    const upTo = (amount: string) => ({
      ...approval,
      authority: {
        asRole: 'head-of-purchasing',
        limit: { amount: decimal(amount), currency: currency('EUR') },
        because: '',
      },
    })
    const outcome = (amount: string) =>
      tellOrder([upTo(amount)], { state: written }).decisions[0]?.outcome
    expect(outcome('123.99')).toMatchObject({ kind: 'refused', reason: 'limit-exceeded' })
    expect(outcome('124.00')).toMatchObject({ kind: 'applied' })
  })

  it('is the value a change moves, up or down', () => {
    const issued = anOrderMessage('order.issued', { document })
    const exposureOf = (path: string, from: string, to: string) => {
      const wish = aChangeRequest({ initiator: 'supplier', differences: [{ path, from, to }] })
      const state = anOrderTold([issued, anOrderMessage('change.requested', { document: wish })])
      const changeId = state.facts.changes[0]?.changeId
      const accept = anOrderMessage(
        'change.decided',
        { changeId, decision: 'accept' },
        { by: carl },
      )
      const asked = askOrderAuthority(state, {
        ...accept,
        receivedAt: instant('2026-12-01T09:00:00Z'),
      })
      return [asked?.decisionType, asked?.exposure]
    }
    // Ten pieces a euro dearer, and two pieces fewer at 12.40.
    expect(exposureOf('lines/1/price/amount', '12.40', '13.40')).toEqual([
      'change',
      money('10.00', 'EUR'),
    ])
    expect(exposureOf('lines/1/schedules/1/quantityOrdered', '10', '8')).toEqual([
      'change',
      money('24.80', 'EUR'),
    ])
  })
})

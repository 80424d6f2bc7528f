import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import type { TenantId } from '../identity/identity.ts'
import { money } from '../money/money.ts'
import { isOpenDispute, openDispute, stepDispute } from './change-dispute.ts'
import type { DisputeEvent } from './dispute-lifecycle.machine.ts'
import { Dispute } from './dispute.ts'

const remark = (text: string, by = 'bert') => ({ by, at: instant('2026-12-02T09:00:00Z'), text })
const aDispute = (): Dispute =>
  openDispute({
    tenant: 'acme' as TenantId,
    disputeId: 'delivery-1#5',
    exceptionId: 'delivery-1#3',
    claim: money('50.00', 'EUR'),
    remark: remark('the price is not what was agreed'),
  })
const after = (...types: readonly DisputeEvent['type'][]) =>
  types.reduce<Dispute | null>(
    (dispute, type) => (dispute === null ? null : stepDispute(dispute, type, remark(type))),
    aDispute(),
  )

describe('a dispute with the supplier', () => {
  it('begins with the claim and its reason, linked to its case and apart from it (R-37)', () => {
    expect(Dispute.parse(aDispute())).toMatchObject({
      state: 'opened',
      exceptionId: 'delivery-1#3',
      claim: { amount: '50.00', currency: 'EUR' },
      openedBy: 'bert',
      settlement: null,
      messages: [{ from: 'bert', text: 'the price is not what was agreed' }],
    })
  })

  it('is sent, answered, countered, agreed and settled, and keeps every word', () => {
    const talked = after('dispute.sent', 'dispute.answered', 'dispute.countered', 'dispute.agreed')
    if (talked === null) throw new Error('the talk broke off')
    const settled = stepDispute(talked, 'dispute.settled', remark('agreed'), 'credit-memo')
    expect(settled).toMatchObject({ state: 'settled', settlement: 'credit-memo' })
    expect(settled?.messages).toHaveLength(6)
    const closed = settled === null ? null : stepDispute(settled, 'dispute.closed', remark('done'))
    expect(closed).toMatchObject({ state: 'closed', settlement: 'credit-memo' })
  })

  it('does not take a word that does not fit where the talk stands', () => {
    expect(stepDispute(aDispute(), 'dispute.settled', remark('?'))).toBeNull()
    expect(after('dispute.withdrawn', 'dispute.sent')).toBeNull()
    expect(after('dispute.sent', 'dispute.closed')).toBeNull()
  })

  it('goes on until it is settled, withdrawn or expired', () => {
    const open = [
      after(),
      after('dispute.sent'),
      after('dispute.sent', 'dispute.acknowledged'),
      after('dispute.answered'),
      after('dispute.agreed'),
    ]
    const over = [
      after('dispute.agreed', 'dispute.settled'),
      after('dispute.agreed', 'dispute.settled', 'dispute.closed'),
      after('dispute.withdrawn'),
      after('dispute.sent', 'dispute.expired'),
    ]
    expect(open.map((dispute) => dispute !== null && isOpenDispute(dispute))).not.toContain(false)
    expect(over.map((dispute) => dispute === null || isOpenDispute(dispute))).not.toContain(true)
  })
})

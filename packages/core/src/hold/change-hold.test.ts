import { describe, expect, it } from 'vitest'
import type { Instant } from '../calendar/instant.ts'
import {
  cancelHoldWithInvoice,
  convertHold,
  cureHold,
  isOpenHold,
  placeHold,
  releaseHold,
  reviewHold,
} from './change-hold.ts'
import { Hold } from './hold.ts'

const at = '2026-12-02T09:00:00Z' as Instant

const aHold = (releasable: Hold['releasable'] = 'auto'): Hold =>
  placeHold({
    holdId: 'delivery-1#3',
    code: 'PRICE',
    scope: 'line',
    scopeKey: '1',
    invoiceKey: 'acme/0001/S100/INV-1/standard',
    placedBy: 'counterfoil',
    placedAt: at,
    reason: 'price 12.60 is 1.6 % over 12.40',
    blocks: 'payment',
    releasable,
    ownerRole: 'buyer',
    exceptionId: null,
  })

const release = { by: 'maria', at, code: 'ACCEPTED', reason: 'agreed by phone' }

describe('hold', () => {
  it('is open from its placing, also while somebody looks into it', () => {
    const hold = aHold()
    expect(Hold.parse(hold)).toMatchObject({ state: 'placed', released: null })
    expect(isOpenHold(hold)).toBe(true)
    const reviewed = reviewHold(hold)
    expect(reviewed).toMatchObject({ state: 'under-review' })
    expect(reviewed !== null && isOpenHold(reviewed)).toBe(true)
  })

  it('says whose books it is in; one kept before that was written down is still read', () => {
    const { tenant, ...old } = aHold()
    expect(tenant).toBe('acme')
    expect(Hold.safeParse(old).success).toBe(true)
  })

  it('is released by a person with a code and a reason', () => {
    expect(releaseHold(aHold(), release)).toMatchObject({ state: 'released', released: release })
  })

  it('is cured when its condition is gone, with reason VARIANCE_CURED', () => {
    expect(cureHold(aHold(), at, 'the rest was received')).toMatchObject({
      state: 'released',
      released: { by: 'counterfoil', code: 'VARIANCE_CURED' },
    })
  })

  it('placed by hand is never cured, only released by a person', () => {
    expect(cureHold(aHold('manual'), at, 'nothing differs any more')).toBeNull()
    expect(releaseHold(aHold('manual'), release)).toMatchObject({ state: 'released' })
  })

  it('that is never releasable goes only with the invoice', () => {
    const hold = aHold('never')
    expect(releaseHold(hold, release)).toBeNull()
    expect(convertHold(hold, release)).toBeNull()
    expect(cureHold(hold, at, 'nothing differs any more')).toBeNull()
    expect(cancelHoldWithInvoice(hold, at, 'the invoice was cancelled')).toMatchObject({
      state: 'cancelled-with-invoice',
    })
  })

  it('is converted by a credit, debit or reduction', () => {
    expect(convertHold(aHold(), { ...release, code: 'CREDIT_MEMO' })).toMatchObject({
      state: 'converted',
    })
  })

  it('that is over stays as it ended', () => {
    const ended = releaseHold(aHold(), release)
    if (ended === null) throw new Error('the hold was not released')
    expect(releaseHold(ended, release)).toBeNull()
    expect(cureHold(ended, at, 'gone')).toBeNull()
    expect(reviewHold(ended)).toBeNull()
    expect(cancelHoldWithInvoice(ended, at, 'cancelled')).toBeNull()
    expect(isOpenHold(ended)).toBe(false)
  })
})

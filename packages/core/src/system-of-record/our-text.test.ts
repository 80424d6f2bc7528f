import { describe, expect, it } from 'vitest'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { ourText } from './our-text.ts'

describe('an order that comes again', () => {
  const ours = aPurchaseOrder({ version: 2, revision: 1 })
  const state = { standing: { order: ours } }

  it.each([
    ['the next version', { version: 3, revision: 0 }, true],
    ['a later revision of the same version', { version: 2, revision: 2 }, true],
    ['the same revision', { version: 2, revision: 1 }, false],
    ['an earlier revision', { version: 2, revision: 0 }, false],
    ['a later revision of an earlier version', { version: 1, revision: 5 }, false],
  ])('as %s is later than what stands: %o is %s', (_what, numbers, isLater) => {
    expect(ourText(state, aPurchaseOrder(numbers))).toEqual({ document: ours, isLater })
  })
})

import { describe, expect, it } from 'vitest'
import { ExceptionCode } from '../exception/exception.ts'
import { aCase } from '../exception/exception.examples.ts'
import { resolutionActions } from '../match/resolution-actions.ts'
import { refusalOfResolution } from './refusal-of-resolution.ts'
import { resolutionCatalogue } from './resolution-catalogue.ts'
import { readResolutionCode } from './resolution-code.ts'
import { isCountedInMoney, needsAuthority, resolutionEffects } from './resolution-effects.ts'

const exceptionId = 'delivery-1#3'
const resolved = (code: string) => ({
  type: 'case.resolved' as const,
  data: { exceptionId, code },
})

describe('the catalogue of resolutions', () => {
  it('says for every kind of exception who answers, by when, and how it can be settled (R-89, R-115)', () => {
    for (const code of ExceptionCode.options) {
      const { ownerRole, due, resolutions } = resolutionCatalogue[code]
      expect(ownerRole, code).not.toBe('')
      expect(due.count, code).toBeGreaterThan(0)
      expect(new Set(resolutions).size, code).toBe(resolutions.length)
      expect(resolutions.length, code).toBeGreaterThan(0)
    }
  })

  it.each([
    ['LATE_CONFIRMATION', 'buyer', 1, 'business-day'],
    ['SUPPLIER_REJECTION', 'buyer', 4, 'business-hour'],
    ['INVOICE_BEFORE_RECEIPT', 'receiving', 3, 'business-day'],
    ['PRICE_OVER', 'buyer', 2, 'business-day'],
    ['DUPLICATE_SUSPECTED', 'accounts-payable', 1, 'business-day'],
    ['SOR_CONFLICT', 'integration', 4, 'business-hour'],
  ] as const)('gives %s to %s for %i %s', (code, ownerRole, count, unit) => {
    expect(resolutionCatalogue[code]).toMatchObject({ ownerRole, due: { count, unit } })
  })

  it('lets a clerk take the step the match proposes, wherever it proposes one that can be taken', () => {
    const untaken = Object.entries(resolutionActions).filter(([code, action]) => {
      const read = readResolutionCode(action)
      return (
        read === null || !resolutionCatalogue[ExceptionCode.parse(code)].resolutions.includes(read)
      )
    })
    // A debit memo and goods sent back are two codes; which of them is for a person to say.
    expect(untaken).toEqual([['QUALITY_REJECTED', 'debit-memo-or-rtv']])
  })

  it('refuses a code the case does not know, with those it does', () => {
    expect(refusalOfResolution(aCase(), resolved('price-update'))).toBeNull()
    expect(refusalOfResolution(aCase(), resolved('PRICE_UPDATE'))).toBeNull()
    expect(refusalOfResolution(aCase(), resolved('short-close'))).toEqual({
      reason: 'resolution-unknown',
      sentence:
        'case PRICE_OVER is not settled as `short-close`: use accept-variance, price-update, credit-request, debit-memo, rebill, reduce-invoice, receipt-correction, write-off',
    })
    expect(refusalOfResolution(aCase(), resolved('done'))?.reason).toBe('resolution-unknown')
    expect(refusalOfResolution(aCase({ code: 'RCV_SHORT' }), resolved('short-close'))).toBeNull()
  })

  it('closes nothing without its root cause', () => {
    const by = { by: 'bert', at: aCase().openedAt, note: null }
    const settled = (rootCause: 'carrier' | null) =>
      aCase({ state: 'verified', resolution: { code: 'rebill', ...by, rootCause } })
    const close = (rootCause?: 'contract') => ({
      type: 'case.closed' as const,
      data: { exceptionId, rootCause },
    })
    expect(refusalOfResolution(settled(null), close())?.reason).toBe('root-cause-missing')
    expect(refusalOfResolution(settled(null), close('contract'))).toBeNull()
    expect(refusalOfResolution(settled('carrier'), close())).toBeNull()
  })

  it('says of each code what it sets going', () => {
    const kindOf = (code: keyof typeof resolutionEffects) => resolutionEffects[code].kind
    expect(kindOf('credit-request')).toBe('expect-credit')
    expect(kindOf('debit-memo')).toBe('draft-debit')
    expect(resolutionEffects['price-update']).toEqual({ kind: 'change-order', field: 'price' })
    expect(resolutionEffects['po-increase']).toEqual({ kind: 'change-order', field: 'quantity' })
    const inMoney = Object.entries(resolutionEffects).filter(([, one]) => isCountedInMoney(one))
    expect(inMoney.map(([code]) => code)).toEqual([
      'credit-request',
      'debit-memo',
      'dispute',
      'reduce-invoice',
      'write-off',
    ])
    const authorised = Object.entries(resolutionEffects).filter(([, one]) => needsAuthority(one))
    expect(authorised.map(([code]) => code)).toEqual(['po-increase', 'price-update', 'write-off'])
  })
})

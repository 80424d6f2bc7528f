import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { aCheckMade, aRegisteredInvoice, type ExampleCheck } from './match.examples.ts'
import { isSimilarVendor } from './similar-vendor.ts'

type Entry = Parameters<typeof aRegisteredInvoice>[0]

// The invoice at hand: INV-1 of S100, 1 December 2026, over 1245.00 EUR.
const invoice = anInvoice({ lines: [anInvoiceLine()], totalAmount: '1245.00' })
const twin = {
  invoiceNumber: 'INV-1',
  invoiceDate: '2026-12-01',
  totalAmount: '1245.00',
} as const
const isSuspected = (check: string, entry: Entry, more: ExampleCheck = {}) =>
  !aCheckMade(check, { invoice, register: [aRegisteredInvoice({ ...twin, ...entry })], ...more })
    .within

describe('duplicates by number', () => {
  it.each([
    ['the same number', {}, true],
    ['other capitals and blanks', { invoiceNumber: ' inv-1 ' }, true],
    ['a hyphen less is another number', { invoiceNumber: 'INV1' }, false],
    ['another supplier', { supplier: 'S200' }, false],
    ['a cancelled invoice does not count (INV-11)', { cancelled: true }, false],
    ['a credit of the same number is no second bill', { invoiceType: 'credit' as const }, false],
    [
      'the invoice itself is in the register',
      { invoiceKey: 'acme/0001/S100/INV-1/standard' },
      false,
    ],
  ])('%s: suspected %o', (_name, entry, expected) => {
    expect(isSuspected('duplicate-exact', entry)).toBe(expected)
  })

  it('suspects of two that came in new the one that was received later', () => {
    const received = { receivedAt: instant('2026-12-02T08:00:00Z') }
    const at = (receivedAt: string) => ({ receivedAt })
    expect(isSuspected('duplicate-exact', at('2026-12-02T07:00:00Z'), received)).toBe(true)
    expect(isSuspected('duplicate-exact', at('2026-12-02T09:00:00Z'), received)).toBe(false)
  })

  it('names the other invoice', () => {
    const register = [aRegisteredInvoice({ ...twin, invoiceNumber: 'inv-1' })]
    const made = aCheckMade('duplicate-exact', { invoice, register })
    expect(made.sentence).toBe('invoice inv-1 of 2026-12-01 from supplier S100 has the same number')
    expect(made.discrepancy).toMatchObject({ kind: 'duplicate-invoice', actual: 'INV-1 / inv-1' })
  })
})

describe('duplicates by likeness: three parts equal and the fourth nearly', () => {
  it('knows an invoice that prints no total by the sum of its parts, as the register does', () => {
    const silent = anInvoice({
      lines: [anInvoiceLine({ amount: '1200.00', chargesAmount: '45.00' })],
      totalAmount: null,
    })
    const isLike = (totalAmount: '1245.00' | '1200.00') =>
      !aCheckMade('duplicate-similar', {
        invoice: silent,
        register: [aRegisteredInvoice({ ...twin, invoiceNumber: 'INV1', totalAmount })],
      }).within
    expect(isLike('1245.00')).toBe(true)
    expect(isLike('1200.00')).toBe(false)
  })

  it.each([
    ['all four equal', {}, true],
    ['three characters more in the number', { invoiceNumber: 'INV-1-ABC' }, true],
    ['four characters more', { invoiceNumber: 'INV-1-ABCD' }, false],
    ['the number inside another', { invoiceNumber: 'XINV1Y' }, true],
    ['signs in the number', { invoiceNumber: 'inv/1' }, true],
    ['the same number a week later', { invoiceDate: '2026-12-08' }, true],
    ['eight days later', { invoiceDate: '2026-12-09' }, false],
    ['a value one percent off', { totalAmount: '1257.57' }, true],
    ['a value further off', { totalAmount: '1257.58' }, false],
    ['two digits keyed the wrong way round', { totalAmount: '1425.00' }, true],
    ['three digits turned', { totalAmount: '5421.00' }, false],
    ['a value with a digit more', { totalAmount: '12450.00' }, false],
    ['the same digits with the point elsewhere', { totalAmount: '12450.0' }, false],
    ['no value at all', { totalAmount: null }, false],
    ['another number on the same day with the same value', { invoiceNumber: 'INV-2' }, false],
    [
      'number and date nearly the same',
      { invoiceNumber: 'INV-1A', invoiceDate: '2026-12-02' },
      false,
    ],
    ['another currency', { currency: 'USD' }, false],
    ['another supplier', { supplier: 'S200', supplierName: 'Nord Bolts' }, false],
    [
      'another supplier of nearly the same name',
      { supplier: 'S200', supplierName: 'ACME Bolt Ltd.' },
      true,
    ],
    ['another supplier without a name', { supplier: 'S200' }, false],
  ])('%s: suspected %o', (_name, entry, expected) => {
    const more = { supplierName: 'Acme Bolts Limited' }
    expect(isSuspected('duplicate-similar', entry, more)).toBe(expected)
  })

  it('looks only for the patterns it is asked for', () => {
    const later = { invoiceDate: '2026-12-02' }
    const asked = (patterns: string[]) => ({ parameters: { patterns } })
    expect(isSuspected('duplicate-similar', later, asked(['date']))).toBe(true)
    expect(isSuspected('duplicate-similar', later, asked(['reference', 'value', 'vendor']))).toBe(
      false,
    )
  })

  it('takes capitals, days and percent as it is told', () => {
    const capitals = { parameters: { patterns: ['reference'], caseSensitive: true } }
    expect(isSuspected('duplicate-similar', { invoiceNumber: 'inv-1' }, capitals)).toBe(false)
    const days = { parameters: { similarDays: 1 } }
    expect(isSuspected('duplicate-similar', { invoiceDate: '2026-12-03' }, days)).toBe(false)
    const percent = { parameters: { similarPercent: '2' } }
    expect(isSuspected('duplicate-similar', { totalAmount: '1269.00' }, percent)).toBe(true)
  })

  it('cannot compare an invoice without a total', () => {
    const bare = anInvoice({ lines: [anInvoiceLine()] })
    expect(isSuspected('duplicate-similar', {}, { invoice: bare })).toBe(false)
  })
})

describe('isSimilarVendor', () => {
  it.each([
    ['ACME Bolts GmbH & Co. KG', 'acme bolts', true],
    ['Müller Schrauben AG', 'Muller Schrauben', true],
    ['Acme Bolts', 'Acme Bolt', true],
    ['Acme Bolts', 'Nord Bolts', false],
    ['GmbH', 'Ltd', false],
    ['', 'Acme', false],
    ['A', 'B', false],
  ])('%s and %s: %o', (a, b, expected) => {
    expect(isSimilarVendor(a, b)).toBe(expected)
    expect(isSimilarVendor(b, a)).toBe(expected)
  })
})

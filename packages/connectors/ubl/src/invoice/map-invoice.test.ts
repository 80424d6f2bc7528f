import type { Invoice } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  aDocument,
  anInvoiceLine,
  findingsOf,
  orderReference,
  readOne,
  rulesOf,
  someTotals,
} from '../ubl.examples.ts'
import type { UblSettingsInput } from '../ubl-settings.ts'

const read = (
  body: string,
  { root = 'Invoice', settings = {} }: { root?: string; settings?: UblSettingsInput } = {},
) => readOne(aDocument(root, `${orderReference}${body}`), settings)

const invoiceOf = (body: string, options: Parameters<typeof read>[1] = {}): Invoice => {
  const { document, findings } = read(body, options)
  if (document?.kind !== 'invoice') throw new Error(JSON.stringify(findings))
  return document
}

const typed = (code: string) => `<InvoiceTypeCode>${code}</InvoiceTypeCode>`
const usual = `${someTotals('50.00')}${anInvoiceLine()}`
const amount = (name: string, value: string, currency = 'EUR') =>
  `<${name} currencyID="${currency}">${value}</${name}>`
const allowance = (value: string, isCharge: boolean, reason = '') =>
  `<AllowanceCharge><ChargeIndicator>${isCharge}</ChargeIndicator>${reason}${amount('Amount', value)}</AllowanceCharge>`

describe('what an invoice is', () => {
  it.each([
    ['380', 'standard'],
    ['326', 'standard'],
    ['381', 'credit'],
    ['383', 'debit'],
    ['384', 'correction'],
    ['385', 'consolidated'],
    ['386', 'prepayment'],
    ['389', 'self-billed'],
  ])('type %s is %s', (code, invoiceType) => {
    const { document, findings } = read(`${typed(code)}${usual}`)
    expect(document).toMatchObject({ invoiceType })
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  it('without a type is the usual one of its document', () => {
    expect(invoiceOf(usual).invoiceType).toBe('standard')
    const debit = usual
      .replaceAll('InvoiceLine', 'DebitNoteLine')
      .replaceAll('InvoicedQuantity', 'DebitedQuantity')
      .replaceAll('LegalMonetaryTotal', 'RequestedMonetaryTotal')
    expect(invoiceOf(debit, { root: 'DebitNote' })).toMatchObject({
      invoiceType: 'debit',
      totalAmount: '50.00',
    })
    expect(invoiceOf(`${typed('380')}${usual}`, { root: 'SelfBilledInvoice' }).invoiceType).toBe(
      'self-billed',
    )
  })

  it('of a type nobody knows is the usual one, unless the partner says what it means', () => {
    const odd = read(`${typed('SATIS')}${usual}`)
    expect(odd.document).toMatchObject({ invoiceType: 'standard' })
    expect(findingsOf(odd, 'ubl-invoice-type-unknown')).toHaveLength(1)
    const settings = { invoice: { typeCodes: { SATIS: 'consolidated' } } } as const
    expect(invoiceOf(`${typed('SATIS')}${usual}`, { settings }).invoiceType).toBe('consolidated')
  })

  it('that is a proforma asks for no payment and is set aside', () => {
    const proforma = read(`${typed('325')}${usual}`)
    expect(proforma.document).toBeNull()
    expect(rulesOf(proforma)).toEqual(['ubl-invoice-without-claim'])
  })

  it('that is a credit note stays one, whatever its code says', () => {
    const credit = `<CreditNoteTypeCode>380</CreditNoteTypeCode>${someTotals('50.00')}${anInvoiceLine({ kind: 'CreditNote' })}`
    const odd = read(credit, { root: 'CreditNote' })
    expect(odd.document).toMatchObject({ invoiceType: 'credit', totalAmount: '50.00' })
    expect(rulesOf(odd)).toEqual(['ubl-invoice-type-contradicts'])
  })
})

describe('what an invoice refers to', () => {
  const billing = (number: string) =>
    `<BillingReference><InvoiceDocumentReference><ID>${number}</ID></InvoiceDocumentReference></BillingReference>`

  it('is the order of the line, else the one order of the invoice', () => {
    const own = anInvoiceLine({ number: '2' }).replace(
      '<LineID>10</LineID>',
      '<LineID>20</LineID><OrderReference><ID>PO-2</ID></OrderReference>',
    )
    const { lines } = invoiceOf(`${someTotals('100.00')}${anInvoiceLine()}${own}`)
    expect(lines).toMatchObject([
      { orderNumber: 'PO-1', orderLineNumber: '10' },
      { orderNumber: 'PO-2', orderLineNumber: '20' },
    ])
  })

  it('is left open where the invoice names several orders and the line none', () => {
    const several = read(`<OrderReference><ID>PO-2</ID></OrderReference>${usual}`)
    expect(several.document).toMatchObject({
      lines: [{ orderNumber: null, orderLineNumber: '10' }],
    })
    expect(rulesOf(several)).toEqual(['ubl-order-number-missing'])
    const none = readOne(aDocument('Invoice', usual))
    expect(none.document).toMatchObject({ lines: [{ orderNumber: null }] })
    expect(rulesOf(none)).toEqual([])
    const placeholder = readOne(
      aDocument(
        'Invoice',
        `<OrderReference><ID>NA</ID><SalesOrderID>S-1</SalesOrderID></OrderReference>${usual}`,
      ),
    )
    expect(placeholder.document).toMatchObject({ lines: [{ orderNumber: null }] })
  })

  it('are receipts and ship notices, of the line before those of the invoice', () => {
    const header =
      '<DespatchDocumentReference><ID>DA-1</ID></DespatchDocumentReference><ReceiptDocumentReference><ID>GR-1</ID></ReceiptDocumentReference>'
    const more =
      '<DespatchLineReference><LineID>1</LineID><DocumentReference><ID>DA-2</ID></DocumentReference></DespatchLineReference><ReceiptLineReference><LineID>1</LineID><DocumentReference><ID>GR-2</ID></DocumentReference></ReceiptLineReference>'
    const { lines } = invoiceOf(
      `${header}${someTotals('100.00')}${anInvoiceLine()}${anInvoiceLine({ number: '2', more })}`,
    )
    expect(lines).toMatchObject([
      { shipNoticeNumber: 'DA-1', receiptNumbers: ['GR-1'] },
      { shipNoticeNumber: 'DA-2', receiptNumbers: ['GR-2'] },
    ])
  })

  it('is one invoice it corrects; of several the first is kept and told', () => {
    expect(invoiceOf(`${billing('INV-1')}${usual}`).correctsInvoiceNumber).toBe('INV-1')
    expect(
      invoiceOf(`${someTotals('50.00')}${anInvoiceLine({ more: billing('INV-3') })}`)
        .correctsInvoiceNumber,
    ).toBe('INV-3')
    const several = read(`${billing('INV-1')}${billing('INV-2')}${usual}`)
    expect(several.document).toMatchObject({ correctsInvoiceNumber: 'INV-1' })
    expect(rulesOf(several)).toEqual(['ubl-corrects-several'])
  })
})

describe('what a line costs', () => {
  it('is its amount without its own charges and allowances', () => {
    const more = `${allowance('3.00', true)}${allowance('8.00', false)}`
    const { lines } = invoiceOf(`${someTotals('45.00')}${anInvoiceLine({ amount: '45.00', more })}`)
    expect(lines).toMatchObject([
      { amount: '50.00', chargesAmount: '3.00', discountAmount: '8.00' },
    ])
  })

  it('is a price per its base quantity', () => {
    const per = anInvoiceLine({ price: '' }).replace(
      '</InvoiceLine>',
      `<Price>${amount('PriceAmount', '500')}<BaseQuantity unitCode="EA">100</BaseQuantity></Price></InvoiceLine>`,
    )
    const priced = read(`${someTotals('50.00')}${per}`)
    expect(priced.document).toMatchObject({
      lines: [{ price: { amount: '500', perQuantity: '100' } }],
    })
    expect(rulesOf(priced)).toEqual([])
  })

  it('is a price by weight, where the amount tells how much it weighed', () => {
    const weighed = anInvoiceLine({ amount: '1017.00', price: '' }).replace(
      '</InvoiceLine>',
      `<Price>${amount('PriceAmount', '500.00')}<BaseQuantity unitCode="KGM">100</BaseQuantity></Price></InvoiceLine>`,
    )
    const priced = read(`${someTotals('1017.00')}${weighed}`)
    expect(priced.document).toMatchObject({
      lines: [{ quantity: '10', unitOfMeasure: 'EA', pricingQuantity: '203.4', amount: '1017.00' }],
    })
    expect(rulesOf(priced)).toEqual([])
  })

  it('is a price for one where the base says nothing', () => {
    const odd = anInvoiceLine().replace(
      '</Price>',
      '<BaseQuantity unitCode="EA">0</BaseQuantity></Price>',
    )
    const priced = read(`${someTotals('50.00')}${odd}`)
    expect(priced.document).toMatchObject({ lines: [{ price: { perQuantity: '1' } }] })
    expect(rulesOf(priced)).toEqual(['ubl-price-base'])
  })

  it('that differs from its price is told, and a forgotten base is guessed', () => {
    expect(rulesOf(read(`${someTotals('49.00')}${anInvoiceLine({ amount: '49.00' })}`))).toEqual([
      'ubl-line-amount',
    ])
    const suspect = read(`${someTotals('50.00')}${anInvoiceLine({ price: '500' })}`)
    expect(findingsOf(suspect, 'ubl-price-basis-suspect')[0]?.sentence).toContain('per 100')
    expect(rulesOf(read(`${someTotals('50.02')}${anInvoiceLine({ amount: '50.02' })}`))).toEqual([])
  })

  it('is computed where only price and quantity are stated', () => {
    const computed = read(`${someTotals('50.00')}${anInvoiceLine({ amount: '' })}`)
    expect(computed.document).toMatchObject({ lines: [{ amount: '50.00' }] })
    expect(rulesOf(computed)).toEqual(['ubl-line-amount-missing'])
    const unknown = read(`${someTotals('50.00')}${anInvoiceLine({ amount: '', price: '' })}`)
    expect(unknown.document).toBeNull()
  })

  it('is for one where no quantity is billed, unless that is refused', () => {
    const fee = anInvoiceLine({ quantity: '', price: '' })
    const counted = read(`${someTotals('50.00')}${fee}`)
    expect(counted.document).toMatchObject({
      lines: [{ quantity: '1', unitOfMeasure: 'C62', amount: '50.00' }],
    })
    expect(rulesOf(counted)).toEqual(['ubl-quantity-missing'])
    expect(
      read(`${someTotals('50.00')}${fee}`, { settings: { unitWhenMissing: null } }).document,
    ).toBeNull()
  })

  it('of nothing for nothing is left out', () => {
    const empty = anInvoiceLine({ number: '2', quantity: '0', amount: '0' })
    expect(invoiceOf(`${usual}${empty}`).lines).toHaveLength(1)
    const odd = anInvoiceLine({ quantity: '0' })
    expect(invoiceOf(`${someTotals('50.00')}${odd}`).lines).toMatchObject([{ quantity: '1' }])
  })

  it('is one amount where its charges are more than all of it', () => {
    const odd = read(
      `${someTotals('50.00')}${anInvoiceLine({ price: '', more: allowance('60.00', true) })}`,
    )
    expect(odd.document).toMatchObject({ lines: [{ amount: '50.00', chargesAmount: '0' }] })
    expect(rulesOf(odd)).toEqual(['ubl-line-charges'])
  })
})

it('an invoice without lines can be read, and is told', () => {
  const bare = read(someTotals('0.00'))
  expect(bare.document).toMatchObject({ lines: [] })
  expect(rulesOf(bare)).toEqual(['ubl-lines-missing'])
})

describe('signs', () => {
  const back = anInvoiceLine({ number: '2', quantity: '-2', amount: '-10.00' })

  it('of a line against its invoice take it off the whole, or refuse the invoice', () => {
    const body = `${someTotals('40.00')}${anInvoiceLine()}${back}`
    const mixed = read(body)
    expect(mixed.document).toMatchObject({
      lines: [{ documentLineNumber: '1', amount: '50.00' }],
      allowancesAmount: '10.00',
      totalAmount: '40.00',
    })
    expect(rulesOf(mixed)).toEqual(['ubl-line-against'])
    const refusing = read(body, { settings: { invoice: { negativeLines: 'refuse' } } })
    expect(refusing.document).toBeNull()
  })

  it('of an invoice below zero make it a credit, or a correction', () => {
    const negative = `${someTotals('-10.00')}${back}`
    const credit = read(negative)
    expect(credit.document).toMatchObject({
      invoiceType: 'credit',
      totalAmount: '10.00',
      lines: [{ quantity: '2', amount: '10.00', price: { amount: '5.00' } }],
      totals: { lineExtensionAmount: '10.00', payableAmount: '10.00' },
    })
    expect(rulesOf(credit)).toEqual(['ubl-invoice-turned'])
    const settings = { invoice: { negativeInvoice: 'correction' } } as const
    expect(invoiceOf(negative, { settings }).invoiceType).toBe('correction')
  })

  it('of a credit note written with minus change nothing', () => {
    const line = anInvoiceLine({ kind: 'CreditNote', quantity: '-2', amount: '-10.00' })
    const credit = read(`${someTotals('-10.00')}${line}`, { root: 'CreditNote' })
    expect(credit.document).toMatchObject({ invoiceType: 'credit', totalAmount: '10.00' })
    expect(rulesOf(credit)).toEqual([])
  })

  it('of allowances, charges and taxes turn with their invoice', () => {
    const tax = `<TaxTotal>${amount('TaxAmount', '-2.00')}<TaxSubtotal>${amount('TaxableAmount', '-8.00')}${amount('TaxAmount', '-2.00')}<TaxCategory><ID>S</ID><Percent>25</Percent></TaxCategory></TaxSubtotal></TaxTotal>`
    const body = `${allowance('-3.00', true)}${allowance('-5.00', false)}${tax}${someTotals('-10.00').replace('>-10.00</PayableAmount>', '>-10.00</PayableAmount>')}${back}`
    const turned = read(body)
    expect(turned.document).toMatchObject({
      charges: [{ amount: '3.00' }],
      allowancesAmount: '5.00',
      taxes: [{ code: 'S', taxableAmount: '8.00', amount: '2.00' }],
    })
    expect(rulesOf(turned)).toEqual(['ubl-invoice-turned'])
  })

  it('of lines and total that contradict each other are an error', () => {
    const odd = read(usual.replace('>50.00</PayableAmount>', '>-50.00</PayableAmount>'))
    expect(odd.document).toBeNull()
    expect(rulesOf(odd)).toContain('ubl-total-negative')
  })
})

describe('what is to be paid', () => {
  const total = (parts: Readonly<Record<string, string>>) =>
    `<LegalMonetaryTotal>${Object.entries(parts)
      .map(([name, value]) => amount(name, value))
      .join('')}</LegalMonetaryTotal>`

  it.each([
    ['lines', { LineExtensionAmount: '51.00', PayableAmount: '51.00' }, 'ubl-total-lines'],
    [
      'allowances',
      { AllowanceTotalAmount: '1.00', PayableAmount: '49.00' },
      'ubl-total-allowances',
    ],
    ['charges', { ChargeTotalAmount: '1.00', PayableAmount: '51.00' }, 'ubl-total-charges'],
    [
      'the amount without tax',
      { TaxExclusiveAmount: '51.00', PayableAmount: '50.00' },
      'ubl-total-tax-exclusive',
    ],
    [
      'the amount with tax',
      { TaxInclusiveAmount: '51.00', PayableAmount: '51.00' },
      'ubl-total-tax-inclusive',
    ],
    ['what is payable', { PayableAmount: '51.00' }, 'ubl-total-payable'],
  ])('is checked against its parts: %s', (_, parts, rule) => {
    const odd = read(`${total(parts)}${anInvoiceLine()}`)
    expect(rulesOf(odd)).toEqual([rule])
    expect(odd.document).toMatchObject({ totalAmount: parts.PayableAmount })
    expect(
      rulesOf(read(`${total(parts)}${anInvoiceLine()}`, { settings: { totalsSlack: '1' } })),
    ).toEqual([])
  })

  it('takes off what was paid before and says so', () => {
    const part = read(
      `${total({ PrepaidAmount: '20.00', PayableAmount: '30.00' })}${anInvoiceLine()}`,
    )
    expect(part.document).toMatchObject({ totalAmount: '30.00', allowancesAmount: '20.00' })
    expect(rulesOf(part)).toEqual(['ubl-prepaid'])
    const odd = read(
      `${total({ PrepaidAmount: '-20.00', PayableAmount: '70.00' })}${anInvoiceLine()}`,
    )
    expect(odd.document).toMatchObject({ totalAmount: '70.00', allowancesAmount: '0' })
  })

  it('is rounded as the invoice says', () => {
    const rounded = read(
      `${total({ PayableRoundingAmount: '0.30', PayableAmount: '50.30' })}${anInvoiceLine()}`,
    )
    expect(rounded.document).toMatchObject({
      totalAmount: '50.30',
      totals: { payableRoundingAmount: '0.30' },
    })
    expect(rulesOf(rounded)).toEqual([])
  })

  it('is the amount with tax where none is payable, and unknown where neither is stated', () => {
    expect(
      invoiceOf(`${total({ TaxInclusiveAmount: '50.00' })}${anInvoiceLine()}`).totalAmount,
    ).toBe('50.00')
    const silent = read(anInvoiceLine())
    expect(silent.document).toMatchObject({ totalAmount: null })
    expect(rulesOf(silent)).toEqual(['ubl-total-missing'])
  })

  it('is due when the invoice, its means or its terms say', () => {
    const means = '<PaymentMeans><PaymentDueDate>2026-12-01</PaymentDueDate></PaymentMeans>'
    expect(invoiceOf(`${means}${usual}`).dueDate).toBe('2026-12-01')
    expect(invoiceOf(`<DueDate>2026-12-02</DueDate>${means}${usual}`).dueDate).toBe('2026-12-02')
    expect(invoiceOf(usual).dueDate).toBeNull()
  })

  it('names the accounts to be paid to, each once', () => {
    const means = (account: string) =>
      `<PaymentMeans><PayeeFinancialAccount><ID>${account}</ID></PayeeFinancialAccount></PaymentMeans>`
    const several = ['DE02 1203', 'GB33', 'DE02 1203'].map(means).join('')
    expect(invoiceOf(`${several}${usual}`).remitToAccounts).toEqual(['DE02 1203', 'GB33'])
    expect(invoiceOf(usual)).not.toHaveProperty('remitToAccounts')
  })

  it.each([
    ['by a day', '<SettlementPeriod><EndDate>2026-11-16</EndDate></SettlementPeriod>', 14],
    [
      'for some days',
      '<SettlementPeriod><DurationMeasure unitCode="DAY">7</DurationMeasure></SettlementPeriod>',
      7,
    ],
    ['without saying until when', '', null],
  ])('is less when paid early: %s', (_, period, discountDays) => {
    const terms = `<PaymentTerms><SettlementDiscountPercent>2.5</SettlementDiscountPercent>${period}</PaymentTerms>`
    expect(invoiceOf(`${terms}${usual}`).paymentTerms).toEqual({
      netDays: null,
      discountPercent: '2.5',
      discountDays,
    })
  })

  it('is less when paid early: as XRechnung writes it', () => {
    const terms =
      '<PaymentTerms><Note>#SKONTO#TAGE=14#PROZENT=2.00#\n#SKONTO#TAGE=28#PROZENT=1.00#</Note></PaymentTerms>'
    expect(invoiceOf(`${terms}${usual}`).paymentTerms).toMatchObject({
      discountPercent: '2.00',
      discountDays: 14,
    })
  })
})

describe('taxes', () => {
  const subtotal = (base: string, tax: string, rate: string, category = '<ID>S</ID>') =>
    `<TaxSubtotal>${amount('TaxableAmount', base)}${amount('TaxAmount', tax)}<TaxCategory>${category}<Percent>${rate}</Percent><TaxScheme><ID>VAT</ID></TaxScheme></TaxCategory></TaxSubtotal>`
  const body = (taxes: string) =>
    `${taxes}${anInvoiceLine()}${someTotals('50.00').replace('>50.00</PayableAmount>', '>62.50</PayableAmount>')}`

  it('are kept by category and rate', () => {
    const taxed = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('50.00', '12.50', '25')}${subtotal('0', '0', '0', '<ID>E</ID>')}</TaxTotal>`,
      ),
    )
    expect(taxed.document).toMatchObject({
      taxes: [
        { code: 'S', ratePercent: '25', taxableAmount: '50.00', amount: '12.50' },
        { code: 'E', ratePercent: '0', amount: '0' },
      ],
    })
    expect(rulesOf(taxed)).toEqual([])
  })

  it('of one category and rate are added up', () => {
    const taxed = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('20.00', '5.00', '25')}${subtotal('30.00', '7.50', '25')}</TaxTotal>`,
      ),
    )
    expect(taxed.document).toMatchObject({ taxes: [{ taxableAmount: '50.00', amount: '12.50' }] })
  })

  it("in the state's own currency only repeat those of the invoice", () => {
    const own = `<TaxTotal>${amount('TaxAmount', '142.00', 'SEK')}</TaxTotal>`
    const taxed = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('50.00', '12.50', '25')}</TaxTotal>${own}`,
      ),
    )
    expect(taxed.document).toMatchObject({ taxes: { length: 1 } })
    expect(rulesOf(taxed)).toEqual([])
  })

  it('without parts are one tax of unknown base', () => {
    expect(invoiceOf(body(`<TaxTotal>${amount('TaxAmount', '12.50')}</TaxTotal>`)).taxes).toEqual([
      { code: 'tax', amount: '12.50' },
    ])
  })

  it('of another scheme carry its name', () => {
    const other = subtotal('50.00', '12.50', '25').replace('VAT', 'GST')
    expect(
      invoiceOf(body(`<TaxTotal>${amount('TaxAmount', '12.50')}${other}</TaxTotal>`)).taxes[0]
        ?.code,
    ).toBe('GST S')
  })

  it('that their rate or their sum contradicts are told', () => {
    const rate = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('50.00', '12.50', '12')}</TaxTotal>`,
      ),
    )
    expect(rulesOf(rate)).toEqual(['ubl-tax-amount'])
    const sum = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('50.00', '10.00', '20')}</TaxTotal>`,
      ),
    )
    expect(rulesOf(sum)).toEqual(['ubl-tax-total'])
  })

  it('below zero beside others take off the whole', () => {
    const taxed = read(
      body(
        `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('60.00', '15.00', '25')}${subtotal('-10.00', '-2.50', '25', '<ID>Z</ID>')}</TaxTotal>`,
      ),
    )
    expect(taxed.document).toMatchObject({ taxes: [{ amount: '15.00' }], allowancesAmount: '2.50' })
  })

  it('that TaxExclusiveAmount repeats, as OIOUBL once did, are no difference', () => {
    const older = body(
      `<TaxTotal>${amount('TaxAmount', '12.50')}${subtotal('50.00', '12.50', '25')}</TaxTotal>`,
    ).replace('<PayableAmount', `${amount('TaxExclusiveAmount', '12.50')}<PayableAmount`)
    const taxed = read(older)
    expect(rulesOf(taxed)).toEqual([])
    expect(findingsOf(taxed, 'ubl-tax-exclusive-is-tax')).toHaveLength(1)
  })
})

describe('what else an invoice carries', () => {
  it('are charges under the codes of the partner, and allowances', () => {
    const freight = allowance(
      '25.00',
      true,
      '<AllowanceChargeReasonCode>FC</AllowanceChargeReasonCode><AllowanceChargeReason>Freight</AllowanceChargeReason>',
    )
    const body = `${freight}${allowance('10.00', false)}${anInvoiceLine()}${someTotals('50.00').replace('>50.00</PayableAmount>', '>65.00</PayableAmount>')}`
    expect(invoiceOf(body)).toMatchObject({
      charges: [{ code: 'FC', amount: '25.00', description: 'Freight' }],
      allowancesAmount: '10.00',
    })
    const settings = { chargeCodes: { FC: 'FREIGHT' } }
    expect(invoiceOf(body, { settings }).charges).toMatchObject([{ code: 'FREIGHT' }])
  })

  it('is an error where an allowance says neither which it is nor how much', () => {
    const odd = read(`<AllowanceCharge>${amount('Amount', '1.00')}</AllowanceCharge>${usual}`)
    expect(odd.document).toBeNull()
    expect(rulesOf(odd)).toEqual(['ubl-allowance-charge'])
  })

  it('is a rate of exchange from its currency', () => {
    const rate = (source: string) =>
      `<TaxExchangeRate><SourceCurrencyCode>${source}</SourceCurrencyCode><CalculationRate>11.40</CalculationRate></TaxExchangeRate>`
    expect(invoiceOf(`${rate('EUR')}${usual}`).exchangeRate).toBe('11.40')
    expect(invoiceOf(`${rate('SEK')}${usual}`).exchangeRate).toBeUndefined()
  })

  it('are names of attached files', () => {
    const attached = (content: string) =>
      `<AdditionalDocumentReference><ID>A-1</ID>${content}</AdditionalDocumentReference>`
    const uri =
      '<Attachment><ExternalReference><URI>https://example.org/a.pdf</URI></ExternalReference></Attachment>'
    expect(invoiceOf(`${attached('')}${attached(uri)}${usual}`).attachments).toEqual([
      'A-1',
      'https://example.org/a.pdf',
    ])
  })

  it('counts its lines, and is told when another number arrived', () => {
    expect(rulesOf(read(`<LineCountNumeric>2</LineCountNumeric>${usual}`))).toEqual([
      'ubl-line-count',
    ])
    expect(rulesOf(read(`<LineCountNumeric>1</LineCountNumeric>${usual}`))).toEqual([])
  })

  it('may be a copy, which is told, so that it is not booked beside its original', () => {
    expect(rulesOf(read(`<CopyIndicator>true</CopyIndicator>${usual}`))).toEqual(['ubl-copy'])
    expect(rulesOf(read(`<CopyIndicator>false</CopyIndicator>${usual}`))).toEqual([])
  })
})

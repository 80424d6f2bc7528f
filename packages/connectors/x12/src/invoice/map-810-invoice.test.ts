import { describe, expect, it } from 'vitest'
import { documentOf, readSegments, troublesOf } from '../interchange.examples.ts'
import type { X12SettingsInput } from '../x12-settings.ts'

const beginning = 'BIG*20261209*LM-INV-9001*20261124*4500017'

const read = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  readSegments('810', segments, settings)

const invoiceOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  documentOf(read(segments, settings), 'invoice')

const findingOf = (segments: readonly string[], rule: string) =>
  read(segments).findings.find((finding) => finding.rule === rule)

describe('the lines of an 810', () => {
  it('bill quantity times price, rounded once to the cent', () => {
    const { lines } = invoiceOf([beginning, 'IT1*1*7*EA*0.333', 'TDS*233'])
    expect(lines[0]).toMatchObject({ quantity: '7', amount: '2.33', orderNumber: '4500017' })
  })

  it('priced per hundred and per thousand bill a hundredth and a thousandth', () => {
    const amounts = invoiceOf([
      beginning,
      'IT1*1*1000*EA*12.40*HP',
      'IT1*2*1000*EA*12.40*TP',
      'TDS*13640',
    ]).lines.map(({ amount }) => amount)
    expect(amounts).toEqual(['124.00', '12.40'])
  })

  it('priced by weight and counted in cases bill the weight', () => {
    const segments = (weight: string) => [beginning, 'IT1*1*20*CA*2.15*PP', weight, 'TDS*43731']
    for (const weight of ['CTP****203.4*LB', 'QTY*38*203.4*LB', 'MEA*WT*WT*203.4*LB']) {
      const invoice = invoiceOf(segments(weight))
      expect(invoice.lines[0]).toMatchObject({
        quantity: '20',
        unitOfMeasure: 'XCS',
        pricingQuantity: '203.4',
        amount: '437.31',
        price: { amount: '2.15', perUnitOfMeasure: 'LBR' },
      })
      expect(troublesOf(read(segments(weight)))).toEqual([])
    }
  })

  it('priced by weight and without one are refused: nobody may guess it', () => {
    const { document, findings } = read([beginning, 'IT1*1*20*CA*2.15*PP', 'TDS*43731'])
    expect(document).toBeNull()
    const finding = findings.find(({ severity }) => severity === 'error')
    expect(finding?.rule).toBe('x12-line-amount-missing')
    expect(finding?.position.path).toBe('ISA[1]/GS[1]/ST[1]/IT1[1]/05')
  })

  it('that state their own amount bill that amount, and a difference is said', () => {
    const segments = [beginning, 'IT1*1*10*EA*3.50', 'PAM****1*36.00', 'TDS*3600']
    expect(invoiceOf(segments).lines[0]?.amount).toBe('36.00')
    expect(troublesOf(read(segments))).toEqual(['x12-line-amount'])
  })

  it('whose amount is a hundred times off betray a price for another number of units', () => {
    const segments = [beginning, 'IT1*1*1000*EA*12.40', 'PAM****1*124.00', 'TDS*12400']
    expect(findingOf(segments, 'x12-price-basis-suspect')?.sentence).toContain('100 times')
  })

  it('take their price from a CTP where IT104 is empty', () => {
    const { lines } = invoiceOf([beginning, 'IT1*1*10*EA', 'CTP**CON*3.50', 'TDS*3500'])
    expect(lines[0]?.price?.amount).toBe('3.50')
  })

  it.each([
    ['no quantity', 'IT1*1**EA*3.50', 'x12-quantity-missing'],
    ['no unit', 'IT1*1*10**3.50', 'x12-unit-missing'],
    ['a quantity that is no number', 'IT1*1*ten*EA*3.50', 'x12-quantity-missing'],
    ['no price and no amount', 'IT1*1*10*EA', 'x12-line-amount-missing'],
  ])('that have %s make the invoice unusable, and the line is named', (_, line, rule) => {
    const { document, findings } = read([beginning, 'IT1*9*1*EA*1', line, 'TDS*3500'])
    expect(document).toBeNull()
    const finding = findings.find((one) => one.rule === rule)
    expect(finding?.severity).toBe('error')
    expect(finding?.position.path).toContain('IT1[2]')
  })

  it('of zero pieces are left out; with money on them they are asked about', () => {
    const invoice = invoiceOf([beginning, 'IT1*1*0*EA*3.50', 'IT1*2*1*EA*3.50', 'TDS*350'])
    expect(invoice.lines.map(({ documentLineNumber }) => documentLineNumber)).toEqual(['2'])
    expect(read([beginning, 'IT1*1*0*EA*3.50', 'SAC*C*D240***500', 'TDS*500']).document).toBeNull()
  })

  it('after the totals are read with the others, and said', () => {
    const segments = [beginning, 'IT1*1*1*EA*3.50', 'TDS*700', 'IT1*2*1*EA*3.50', 'CTT*2']
    expect(invoiceOf(segments).lines).toHaveLength(2)
    expect(troublesOf(read(segments))).toEqual(['x12-line-late'])
  })
})

describe('the order an 810 bills', () => {
  it('may be another one on each line, in IT1 or in REF', () => {
    const segments = [
      'BIG*20261209*LM-INV-9001',
      'IT1*1*1*EA*3.50**PO*4500017',
      'IT1*1*1*EA*3.50',
      'REF*PO*4500018',
      'REF*LI*30',
      'TDS*700',
    ]
    expect(
      invoiceOf(segments).lines.map(({ documentLineNumber, orderNumber, orderLineNumber }) => [
        documentLineNumber,
        orderNumber,
        orderLineNumber,
      ]),
    ).toEqual([
      ['1', '4500017', '1'],
      ['1-2', '4500018', '30'],
    ])
    expect(troublesOf(read(segments))).toEqual([])
  })

  it('is taken from the header REF where BIG names none', () => {
    const { lines } = invoiceOf([
      'BIG*20261209*LM-1',
      'REF*PO*4500017',
      'IT1*1*1*EA*3.50',
      'TDS*350',
    ])
    expect(lines[0]?.orderNumber).toBe('4500017')
  })

  it('has the release of a blanket order in its number where the settings say so', () => {
    const segments = [`${beginning}*7`, 'IT1*1*1*EA*3.50', 'TDS*350']
    const orderOf = (settings: X12SettingsInput) =>
      invoiceOf(segments, settings).lines[0]?.orderNumber
    expect(orderOf({})).toBe('4500017')
    expect(orderOf({ orderReleases: 'joined' })).toBe('4500017-7')
    expect(read(segments).findings.map(({ rule }) => rule)).toContain('x12-release-number')
  })

  it('is left open where the header names several, and said once', () => {
    const segments = [
      'BIG*20261209*LM-1',
      'REF*PO*4500017',
      'REF*PO*4500018',
      'IT1*1*1*EA*3.50',
      'IT1*2*1*EA*3.50',
      'TDS*700',
    ]
    expect(invoiceOf(segments).lines.map(({ orderNumber }) => orderNumber)).toEqual([null, null])
    expect(troublesOf(read(segments))).toEqual(['x12-order-number-missing'])
  })

  it('is not found by the line number of a partner who numbers lines in its own way', () => {
    const segments = [beginning, 'IT1*1*1*EA*3.50', 'IT1*2*1*EA*3.50**PL*20', 'TDS*700']
    const { lines } = invoiceOf(segments, { invoice: { lineNumbers: 'own' } })
    expect(lines.map(({ orderLineNumber }) => orderLineNumber)).toEqual([null, '20'])
  })

  it('has its receipts and its ship notice named by the header or the line', () => {
    const { lines } = invoiceOf([
      beginning,
      'REF*SI*SHP-1',
      'REF*RV*GR-1',
      'IT1*1*1*EA*3.50',
      'IT1*2*1*EA*3.50',
      'REF*RV*GR-2',
      'REF*RV*GR-3',
      'REF*MA*SHP-2',
      'TDS*700',
    ])
    expect(
      lines.map(({ receiptNumbers, shipNoticeNumber }) => [receiptNumbers, shipNoticeNumber]),
    ).toEqual([
      [['GR-1'], 'SHP-1'],
      [['GR-2', 'GR-3'], 'SHP-2'],
    ])
  })
})

describe('charges, allowances and taxes of an 810', () => {
  it('of a line stay with the line, those of the invoice with the invoice', () => {
    const invoice = invoiceOf([
      beginning,
      'IT1*1*10*EA*10',
      'SAC*C*D500***150',
      'SAC*A*C310***500',
      'SAC*C*H700***600',
      'TDS*11350',
      'SAC*C*D240***2000',
      'SAC*A*I170***900',
    ])
    expect(invoice.lines[0]).toMatchObject({
      amount: '100.00',
      chargesAmount: '1.50',
      discountAmount: '5.00',
    })
    expect(invoice.charges).toEqual([{ code: 'FC', amount: '20.00', description: 'freight' }])
    expect(invoice.allowancesAmount).toBe('9.00')
    expect(invoice.taxes).toEqual([{ code: 'H700', amount: '6.00' }])
    expect(invoice.totalAmount).toBe('113.50')
  })

  it('given as a rate are worked out of the goods they are a share of', () => {
    const segments = [beginning, 'IT1*1*10*EA*10', 'TDS*9800', 'SAC*A*C310****3*2']
    expect(invoiceOf(segments).allowancesAmount).toBe('2.00')
    expect(troublesOf(read(segments))).toEqual([])
  })

  it('that are settled in another way do not change the total', () => {
    const segments = [beginning, 'IT1*1*10*EA*10', 'SAC*A*A260***500*******01', 'TDS*10000']
    expect(invoiceOf(segments).lines[0]?.discountAmount).toBe('0')
    expect(read(segments).findings.map(({ rule }) => rule)).toContain(
      'x12-charge-settled-elsewhere',
    )
  })

  it('take the name the partner settings give them', () => {
    const { charges } = invoiceOf([beginning, 'IT1*1*10*EA*10', 'TDS*10500', 'SAC*C*D240***500'], {
      chargeCodes: { D240: 'FREIGHT' },
    })
    expect(charges[0]?.code).toBe('FREIGHT')
  })

  it('outside the lines that only repeat those of the lines are not added again', () => {
    const segments = [
      beginning,
      'IT1*1*10*EA*10',
      'SAC*C*D240***500',
      'TXI*ST*6.30*.06',
      'TDS*11130',
      'TXI*ST*6.30*.06',
      'SAC*C*D240***500',
    ]
    const invoice = invoiceOf(segments)
    expect(invoice.charges).toEqual([])
    expect(invoice.lines[0]?.chargesAmount).toBe('5.00')
    expect(invoice.taxes).toEqual([{ code: 'ST', ratePercent: '6', amount: '6.30' }])
    expect(troublesOf(read(segments))).toEqual([])
    expect(read(segments).findings.map(({ rule }) => rule)).toContain('x12-summary-repeats-lines')
  })

  it('state tax rates as fractions; senders who write percent are understood', () => {
    const taxOf = (segment: string) =>
      invoiceOf([beginning, 'IT1*1*10*EA*10', 'TDS*10825', segment]).taxes[0]
    expect(taxOf('TXI*ST*8.25*.0825')?.ratePercent).toBe('8.25')
    expect(taxOf('TXI*ST*8.25*8.25*****100')?.ratePercent).toBe('8.25')
    expect(taxOf('TXI*ST**.0825*****100')).toMatchObject({ amount: '8.25', taxableAmount: '100' })
  })

  it('in whole units are told by the total, and said', () => {
    const segments = [
      beginning,
      'IT1*1*10*EA*10',
      'TDS*11500',
      'SAC*C*D240***25',
      'SAC*A*C310***10',
    ]
    expect(invoiceOf(segments)).toMatchObject({
      charges: [{ code: 'FC', amount: '25' }],
      allowancesAmount: '10',
    })
    expect(troublesOf(read(segments))).toEqual(['x12-charge-not-in-cents'])
    expect(findingOf(segments, 'x12-charge-not-in-cents')?.position.path).toContain('SAC[1]/05')
  })

  it('leave out taxes that are contained in the prices, and exemptions', () => {
    const segments = [
      beginning,
      'IT1*1*10*EA*10',
      'TDS*10000',
      'TXI*VA*15.97*.19****I',
      'TXI*ST*****1',
    ]
    expect(invoiceOf(segments).taxes).toEqual([])
    expect(troublesOf(read([beginning, 'IT1*1*10*EA*10', 'TDS*10000', 'TXI*ST**.05']))).toEqual([
      'x12-tax-without-amount',
    ])
  })
})

describe('the total of an 810', () => {
  const withTotal = (total: string) => [beginning, 'IT1*1*10*EA*12.50', total]

  it.each([
    ['counts in hundredths', 'TDS*12500', '125.00', []],
    ['with a point is taken as written, and said', 'TDS*125.00', '125.00', ['x12-implied-point']],
    ['in whole units is told by the lines, and said', 'TDS*125', '125', ['x12-total-not-in-cents']],
    [
      'in hundredths with a point is told by the lines, and said',
      'TDS*12500.00',
      '125.0000',
      ['x12-total-not-in-cents'],
    ],
    [
      'that nothing comes to is kept, and the difference said',
      'TDS*13000',
      '130.00',
      ['x12-total-out-of-balance'],
    ],
    ['within a few cents is let pass', 'TDS*12504', '125.04', []],
    [
      'ten times the lines betrays a price basis',
      'TDS*125000',
      '1250.00',
      ['x12-price-basis-suspect'],
    ],
  ])('%s (%s)', (_, segment, total, troubles) => {
    expect(invoiceOf(withTotal(segment)).totalAmount).toBe(total)
    expect(troublesOf(read(withTotal(segment)))).toEqual(troubles)
  })

  it('is taken from AMT where there is no TDS, and left open where there is neither', () => {
    expect(invoiceOf(withTotal('AMT*TT*125.00')).totalAmount).toBe('125.00')
    expect(invoiceOf(withTotal('CTT*1')).totalAmount).toBeNull()
    expect(troublesOf(read(withTotal('CTT*1')))).toEqual(['x12-total-missing'])
  })

  it('that is no number leaves the total open, and is said with its place', () => {
    const finding = findingOf(withTotal('TDS*12,500'), 'x12-number-invalid')
    expect(finding?.position.path).toBe('ISA[1]/GS[1]/ST[1]/TDS[1]/01')
    expect(invoiceOf(withTotal('TDS*12,500')).totalAmount).toBeNull()
  })

  it('comes with subtotals on the same scale', () => {
    const invoice = invoiceOf([...withTotal('TDS*12500*12500*12250*250'), 'AMT*1*125.00'])
    expect(invoice.totals).toEqual({
      subjectToDiscount: '125.00',
      discountedAmountDue: '122.50',
      termsDiscount: '2.50',
      balance: '125.00',
    })
  })

  it('may miss the parts by as much as the settings allow', () => {
    const strict = { invoice: { balanceTolerance: '0' } }
    expect(troublesOf(read(withTotal('TDS*12504'), strict))).toEqual(['x12-total-out-of-balance'])
  })

  it('is compared with the counts behind it', () => {
    const wrong = [...withTotal('TDS*12500'), 'ISS*9*EA', 'CTT*2*11']
    expect(read(wrong).findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['x12-line-count', 'x12-quantity-sum']),
    )
    const right = [...withTotal('TDS*12500'), 'ISS*10*EA', 'CTT*1*10']
    expect(read(right).findings.filter(({ rule }) => rule.endsWith('-sum'))).toEqual([])
  })
})

describe('an 810 that gives money back', () => {
  const credit = 'BIG*20261218*LM-CM-120**4500017***CR'

  it.each([
    ['with figures above zero', ['IT1*1*5*EA*3.50', 'TDS*1750']],
    ['with a quantity and a total below zero', ['IT1*1*-5*EA*3.50', 'TDS*-1750']],
    ['with a price below zero', ['IT1*1*5*EA*-3.50', 'TDS*-1750']],
    ['with a quantity below zero and a total above', ['IT1*1*-5*EA*3.50', 'TDS*1750']],
    ['with a total below zero and a quantity above', ['IT1*1*5*EA*3.50', 'TDS*-1750']],
    ['with the minus behind the digits', ['IT1*1*5-*EA*3.50', 'TDS*1750-']],
  ])('is a credit of positive figures: %s', (_, segments) => {
    const invoice = invoiceOf([credit, ...segments])
    expect(invoice.invoiceType).toBe('credit')
    expect(invoice.lines[0]).toMatchObject({ quantity: '5', amount: '17.50' })
    expect(invoice.lines[0]?.price?.amount).toBe('3.50')
    expect(invoice.totalAmount).toBe('17.50')
    expect(troublesOf(read([credit, ...segments]))).toEqual([])
  })

  it('lets the total say whether a charge raises or lowers what comes back', () => {
    const withCharge = (...segments: string[]) => invoiceOf([credit, ...segments])
    const restocking = withCharge('IT1*1*-5*EA*3.50', 'TDS*-1535', 'SAC*C*G470***215')
    expect(restocking).toMatchObject({
      charges: [],
      allowancesAmount: '2.15',
      totalAmount: '15.35',
    })
    const freightBack = withCharge('IT1*1*-5*EA*3.50', 'TDS*-1965', 'SAC*C*D240***-215')
    expect(freightBack).toMatchObject({
      allowancesAmount: '0',
      charges: [{ code: 'FC', amount: '2.15' }],
    })
    const positive = withCharge('IT1*1*5*EA*3.50', 'TDS*1535', 'SAC*C*G470***215')
    expect(positive).toMatchObject({ charges: [], allowancesAmount: '2.15' })
  })

  it('under an ordinary code is told by its total, and said', () => {
    const segments = [beginning, 'IT1*1*-5*EA*3.50', 'TDS*-1750']
    expect(invoiceOf(segments).invoiceType).toBe('credit')
    expect(troublesOf(read(segments))).toEqual(['x12-credit-by-sign'])
  })

  it('names the invoice it answers', () => {
    expect(
      invoiceOf([credit, 'REF*OI*LM-INV-9001', 'IT1*1*5*EA*3.50', 'TDS*1750'])
        .correctsInvoiceNumber,
    ).toBe('LM-INV-9001')
    expect(
      invoiceOf([credit, 'REF*IV*LM-CM-120', 'IT1*1*5*EA*3.50', 'TDS*1750']).correctsInvoiceNumber,
    ).toBeUndefined()
  })

  it('is an ordinary invoice where only one line of it gives back: that line is taken off', () => {
    const segments = [beginning, 'IT1*1*10*EA*3.50', 'IT1*2*-2*EA*3.50', 'TDS*2800']
    const invoice = invoiceOf(segments)
    expect(invoice).toMatchObject({
      invoiceType: 'standard',
      allowancesAmount: '7.00',
      totalAmount: '28.00',
    })
    expect(invoice.lines).toHaveLength(1)
    expect(troublesOf(read(segments))).toEqual(['x12-line-against'])
    expect(read(segments, { invoice: { negativeLines: 'refuse' } }).document).toBeNull()
  })

  it('is an ordinary invoice where charges outweigh the goods that come back', () => {
    const segments = [beginning, 'IT1*1*-1*EA*3.50', 'TDS*4650', 'SAC*C*D240***5000']
    expect(invoiceOf(segments)).toMatchObject({
      invoiceType: 'standard',
      lines: [],
      allowancesAmount: '3.50',
      totalAmount: '46.50',
    })
  })
})

describe('the beginning of an 810', () => {
  it.each([
    ['', 'standard'],
    ['DI', 'standard'],
    ['CR', 'credit'],
    ['CN', 'credit'],
    ['DR', 'debit'],
    ['CO', 'correction'],
    ['CI', 'consolidated'],
    ['PP', 'prepayment'],
  ])('with BIG07 `%s` is of type %s', (code, invoiceType) => {
    expect(invoiceOf([`${beginning}***${code}`, 'IT1*1*1*EA*1', 'TDS*100']).invoiceType).toBe(
      invoiceType,
    )
  })

  it.each([
    ['00', 'standard', 0],
    ['05', 'standard', 1],
    ['01', 'cancellation', 0],
  ])('with BIG08 `%s` is %s, revision %i', (code, invoiceType, revision) => {
    const invoice = invoiceOf([`${beginning}****${code}`, 'IT1*1*1*EA*1', 'TDS*100'])
    expect(invoice).toMatchObject({ invoiceType, revision })
    if (invoiceType === 'cancellation') expect(invoice.correctsInvoiceNumber).toBe('LM-INV-9001')
  })

  it.each([
    ['no BIG', ['IT1*1*1*EA*1'], 'x12-beginning-missing'],
    ['no number', ['BIG*20261209**20261124*4500017', 'IT1*1*1*EA*1'], 'x12-invoice-number-missing'],
    ['no date', ['BIG**LM-1', 'IT1*1*1*EA*1'], 'x12-issue-date-missing'],
    ['an impossible date', ['BIG*20261340*LM-1', 'IT1*1*1*EA*1'], 'x12-issue-date-missing'],
    ['a currency that is none', [beginning, 'CUR*SE*XQX', 'IT1*1*1*EA*1'], 'x12-currency-unknown'],
  ])('that has %s makes no invoice', (_, segments, rule) => {
    const { document, findings } = read(segments)
    expect(document).toBeNull()
    expect(findings.find((finding) => finding.rule === rule)?.severity).toBe('error')
  })

  it('may come without lines: it is kept for payables, and said', () => {
    const segments = [beginning, 'TDS*2500', 'SAC*C*D240***2500']
    expect(invoiceOf(segments)).toMatchObject({ lines: [], charges: [{ code: 'FC' }] })
    expect(troublesOf(read(segments))).toEqual(['x12-lines-missing'])
  })

  it('states terms, due date and who carried the goods', () => {
    const invoice = invoiceOf([
      beginning,
      'ITD*01*3*2**10*20270108*30',
      'IT1*1*1*EA*1',
      'TDS*100',
      'CAD*M***RDWY*Roadway Freight**BM*BOL-7781',
    ])
    expect(invoice.paymentTerms).toEqual({ netDays: 30, discountPercent: '2', discountDays: 10 })
    expect(invoice.dueDate).toBe('2027-01-08')
    expect(invoice.notes).toEqual(['carrier: Roadway Freight RDWY, bill of lading BOL-7781'])
    expect(invoiceOf([beginning, 'DTM*013*20270109', 'IT1*1*1*EA*1', 'TDS*100']).dueDate).toBe(
      '2027-01-09',
    )
  })
})

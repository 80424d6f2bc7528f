import { describe, expect, it } from 'vitest'
import {
  documentOf,
  readSegments,
  readText,
  anInterchange,
  troublesOf,
} from '../interchange.examples.ts'
import type { X12SettingsInput } from '../x12-settings.ts'

const beginning = 'BEG*00*SA*4500017**20261124'
const line = 'PO1*1*100*EA*3.50**BP*BR-2201'

const read = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  readSegments('850', segments, settings)

const orderOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  documentOf(read(segments, settings), 'purchase-order')

describe('the beginning of an 850', () => {
  it.each([
    ['SA', 'standard'],
    ['NE', 'standard'],
    ['RL', 'blanket-release'],
    ['DS', 'drop-ship'],
    ['CN', 'consignment'],
    ['XY', 'standard'],
  ])('of type `%s` orders as %s', (code, orderType) => {
    expect(orderOf([`BEG*00*${code}*4500017**20261124`, line]).orderType).toBe(orderType)
  })

  it('that replaces an earlier issue is a second version, and said', () => {
    const segments = ['BEG*05*SA*4500017**20261124', line]
    expect(orderOf(segments)).toMatchObject({ version: 2, revision: 1 })
    expect(troublesOf(read(segments))).toEqual(['x12-order-change'])
  })

  it.each([
    ['is missing', [line], 'x12-beginning-missing'],
    ['has no number', ['BEG*00*SA***20261124', line], 'x12-order-number-missing'],
    ['has no date', ['BEG*00*SA*4500017', line], 'x12-order-date-missing'],
    ['cancels', ['BEG*01*SA*4500017**20261124', line], 'x12-order-purpose'],
    ['is for information', ['BEG*00*IN*4500017**20261124', line], 'x12-order-purpose'],
  ])('that %s makes no order', (_, segments, rule) => {
    const { document, findings } = read(segments)
    expect(document).toBeNull()
    expect(findings.find((finding) => finding.rule === rule)?.severity).toBe('error')
  })

  it('of a release keeps the number of its blanket order, and warns; or joins both', () => {
    const segments = ['BEG*00*RL*508517*1001*20261124', line]
    expect(orderOf(segments).orderNumber).toBe('508517')
    expect(troublesOf(read(segments))).toEqual(['x12-release-number'])
    expect(orderOf(segments, { orderReleases: 'joined' })).toMatchObject({
      orderNumber: '508517-1001',
      documentNumber: '508517-1001',
    })
    expect(troublesOf(read(segments, { orderReleases: 'joined' }))).toEqual([])
  })

  it('says every reason at once', () => {
    const rules = read(['BEG*00*SA', line]).findings.map(({ rule }) => rule)
    expect(rules).toEqual(
      expect.arrayContaining(['x12-order-number-missing', 'x12-order-date-missing']),
    )
  })
})

describe('currency and supplier of an 850', () => {
  it('take CUR before what is usual on the connection', () => {
    expect(orderOf([beginning, line]).currency).toBe('USD')
    expect(orderOf([beginning, 'CUR*BY*CAD', line]).currency).toBe('CAD')
  })

  it('are errors where neither the document nor the connection names them', () => {
    const text = anInterchange({ sets: [{ segments: [beginning, line] }] })
    const createOnly = readText(text, {}, { currency: '' })
    expect(createOnly[0]?.findings.map(({ rule }) => rule)).toContain('x12-currency-missing')
    const bare = readText('ST*850*0001~BEG*00*SA*1**20261124~PO1*1*1*EA*1~SE*4*0001~')
    expect(bare[0]?.findings.map(({ rule }) => rule)).toContain('x12-supplier-missing')
  })

  it('take the number the buyer gave the supplier, else the receiver of the order', () => {
    expect(
      orderOf([beginning, 'N1*SE*Larkmill*1*001234567', 'N1*SU*Larkmill*92*L-700', line]).supplier,
    ).toBe('L-700')
    expect(orderOf([beginning, 'N1*SE*Larkmill*1*001234567', line]).supplier).toBe('001234567')
    expect(orderOf([beginning, line]).supplier).toBe('BRANFORD')
  })
})

describe('the deliveries of a line', () => {
  const schedulesOf = (...segments: string[]) =>
    orderOf([beginning, ...segments]).lines[0]?.schedules.map(
      ({ quantityOrdered, requestedDate, deliverNotBefore, shipTo }) => [
        quantityOrdered,
        deliverNotBefore,
        requestedDate,
        shipTo,
      ],
    )

  it('are one of the whole quantity on the day the order names', () => {
    expect(schedulesOf('DTM*002*20261208', 'N1*ST*East*92*DC-EAST', line)).toEqual([
      ['100', null, '2026-12-08', 'DC-EAST'],
    ])
  })

  it('follow the line before the order, and the schedule before the line', () => {
    expect(
      schedulesOf(
        'DTM*002*20261208',
        line,
        'DTM*002*20261209',
        'SCH*60*EA***002*20261210',
        'SCH*40*EA',
      ),
    ).toEqual([
      ['60', null, '2026-12-10', null],
      ['40', null, '2026-12-09', null],
    ])
  })

  it('may have a window: not before, not after', () => {
    expect(schedulesOf('DTM*064*20261207', 'DTM*063*20261211', line)).toEqual([
      ['100', '2026-12-07', '2026-12-11', null],
    ])
  })

  it('wanted in a week are wanted in all of it, never on its first day', () => {
    expect(schedulesOf('DTM*077*20261207', line)).toEqual([
      ['100', '2026-12-07', '2026-12-13', null],
    ])
  })

  it('may have their window in one DTM; one that is none is said', () => {
    expect(schedulesOf('DTM*002****RD8*20261207-20261211', line)).toEqual([
      ['100', '2026-12-07', '2026-12-11', null],
    ])
    expect(schedulesOf('DTM*002****D8*20261207', line)?.[0]?.[2]).toBe('2026-12-07')
    expect(troublesOf(read([beginning, 'DTM*002****RD8*20261211-20261207', line]))).toEqual([
      'x12-date-invalid',
    ])
  })

  it('may be shared out over places', () => {
    expect(schedulesOf(line, 'SDQ*EA*92*S-1*60*S-2*40')).toEqual([
      ['60', null, null, 'S-1'],
      ['40', null, null, 'S-2'],
    ])
  })

  it('that add up to less than the line leave the rest as one more, and that is said', () => {
    expect(schedulesOf(line, 'SCH*60*EA***002*20261210')?.map(([quantity]) => quantity)).toEqual([
      '60',
      '40',
    ])
    expect(troublesOf(read([beginning, line, 'SCH*60*EA***002*20261210']))).toEqual([
      'x12-schedule-sum',
    ])
  })

  it('that add up to more are believed, and that is said', () => {
    const order = orderOf([beginning, line, 'SCH*60*EA', 'SCH*60*EA'])
    expect(order.lines[0]?.quantityOrdered).toBe('120')
    expect(troublesOf(read([beginning, line, 'SCH*60*EA', 'SCH*60*EA']))).toEqual([
      'x12-schedule-sum',
    ])
  })

  it('in another unit than the line are left out, and that is said', () => {
    expect(schedulesOf(line, 'SCH*5*CA***002*20261210')).toEqual([['100', null, null, null]])
    expect(troublesOf(read([beginning, line, 'SCH*5*CA']))).toEqual(['x12-schedule-unit'])
  })

  it('may stand in for the quantity of the line', () => {
    expect(schedulesOf('PO1*1***3.50', 'SCH*60*EA***002*20261210')?.[0]?.[0]).toBe('60')
  })
})

describe('the rest of an 850', () => {
  it('carries terms, delivery terms, notes and references', () => {
    expect(
      orderOf([
        beginning,
        'REF*DP*077',
        'REF*DP*078',
        'FOB*PP***01*FOB*OR*Dock',
        'ITD*01*3*2**10**30',
        'N9*L1*X',
        'MSG*Ring first.',
        line,
      ]),
    ).toMatchObject({
      paymentTerms: { netDays: 30, discountPercent: '2', discountDays: 10 },
      incoterm: 'FOB Dock',
      notes: ['Ring first.'],
      attributes: { 'x12-ref-DP': '077' },
    })
  })

  it('keeps charges and allowances of the order as a whole', () => {
    const segments = [beginning, 'SAC*C*D240***2500', 'SAC*A*I170***1000', 'SAC*A*C310***50', line]
    const order = orderOf(segments)
    expect(order.charges).toEqual([{ code: 'FC', amount: '25.00', description: 'freight' }])
    expect(order.allowancesAmount).toBe('10.50')
    expect(troublesOf(read(segments))).toEqual([])
    expect(orderOf([beginning, line])).not.toHaveProperty('allowancesAmount')
  })

  it('takes discounts and charges of a line to the line, and pack sizes as conversions', () => {
    const order = orderOf([
      beginning,
      'PO1*1*10*CA*48',
      'PO4*4*6*OZ***********6',
      'SAC*A*C310***500',
      'SAC*C*D500***150',
    ])
    expect(order.lines[0]).toMatchObject({
      discountAmount: '5.00',
      chargesAmount: '1.50',
      unitConversions: [{ from: 'XCS', to: 'EA', numerator: '24', denominator: '1' }],
    })
  })

  it('is matched and may be over-delivered as the settings say, which X12 does not', () => {
    const order = orderOf([beginning, line], {
      order: {
        matchTo: 'receipt',
        deliveryTolerance: { overPercent: '5', underPercent: '0', overUnlimited: false },
      },
    })
    expect(order.lines[0]).toMatchObject({
      matchTo: 'receipt',
      deliveryTolerance: { overPercent: '5' },
    })
  })

  it('understands charges written with a point, and says so', () => {
    const segments = [beginning, 'PO1*1*10*CA*48', 'SAC*C*D500***1.50']
    expect(orderOf(segments).lines[0]?.chargesAmount).toBe('1.50')
    expect(troublesOf(read(segments))).toEqual(['x12-implied-point'])
  })

  it('leaves out what is no number, and says so with the place', () => {
    const { findings } = read([beginning, 'PO1*1*10*CA*48', 'SAC*C*D500***1,50'])
    expect(findings.find(({ rule }) => rule === 'x12-number-invalid')?.position.path).toBe(
      'ISA[1]/GS[1]/ST[1]/SAC[1]/05',
    )
  })

  it('of more lines than a document may have is refused', () => {
    const lines = Array.from({ length: 5_001 }, (_, index) => `PO1*${index + 1}*1*EA*1`)
    const { document, findings } = read([beginning, ...lines])
    expect(document).toBeNull()
    expect(findings.map(({ rule }) => rule)).toContain('x12-lines-too-many')
  })

  it('compares what CTT and AMT state with the lines', () => {
    const rules = read([beginning, line, 'CTT*2*90', 'AMT*TT*400']).findings.map(({ rule }) => rule)
    expect(rules).toEqual(
      expect.arrayContaining(['x12-line-count', 'x12-quantity-sum', 'x12-amount-sum']),
    )
    expect(troublesOf(read([beginning, line, 'CTT*1*100', 'AMT*TT*350']))).toEqual([])
  })

  it('gives lines without a number their place, and a second one of a number a suffix', () => {
    const order = orderOf([beginning, 'PO1**1*EA*1', 'PO1*1*1*EA*1', 'PO1*1*1*EA*1'])
    expect(order.lines.map(({ orderLineNumber }) => orderLineNumber)).toEqual(['1-2', '1', '1-3'])
  })

  it('at a price below zero is refused: what it would take off belongs in SAC', () => {
    const { document, findings } = read([beginning, 'PO1*1*1*EA*-3.50'])
    expect(document).toBeNull()
    expect(findings.find(({ severity }) => severity === 'error')?.rule).toBe('x12-price-negative')
  })

  it('with nothing to order in a line is refused with the line', () => {
    const { document, findings } = read([beginning, line, 'PO1*2*0*EA*3.50'])
    expect(document).toBeNull()
    expect(findings.find(({ severity }) => severity === 'error')?.position.path).toBe(
      'ISA[1]/GS[1]/ST[1]/PO1[2]/02',
    )
  })
})

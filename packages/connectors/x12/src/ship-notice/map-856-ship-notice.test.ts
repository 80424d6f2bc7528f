import { describe, expect, it } from 'vitest'
import { documentOf, readSegments, troublesOf } from '../interchange.examples.ts'
import type { X12SettingsInput } from '../x12-settings.ts'

const beginning = 'BSN*00*SHP-1*20261207*1430*0001'
const item = (level: string, line = 'LIN*1*BP*BR-2201', shipped = 'SN1**80*EA') => [
  `HL*${level}*I`,
  line,
  shipped,
]

const read = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  readSegments('856', segments, settings)

const noticeOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  documentOf(read(segments, settings), 'ship-notice')

const linesOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  noticeOf(segments, settings).lines.map(
    ({ orderNumber, orderLineNumber, quantityShipped, packId }) => [
      orderNumber,
      orderLineNumber,
      quantityShipped,
      packId,
    ],
  )

const order = ['HL*1**S', 'HL*2*1*O', 'PRF*4500017']

describe('the loops of an 856', () => {
  it('are shipment, order, pallet, carton, item: each line in its carton', () => {
    const segments = [
      beginning,
      ...order,
      'HL*3*2*T',
      'MAN*GM*340123450000000017',
      'HL*4*3*P',
      'MAN*GM*340123450000000024',
      ...item('5*4'),
    ]
    expect(linesOf(segments)).toEqual([['4500017', '1', '80', '340123450000000024']])
    expect(noticeOf(segments).packs).toEqual([
      { packId: '340123450000000017', sscc: '340123450000000017', level: 'pallet' },
      {
        packId: '340123450000000024',
        sscc: '340123450000000024',
        parentPackId: '340123450000000017',
        level: 'carton',
      },
    ])
    expect(troublesOf(read(segments))).toEqual([])
  })

  it('are packs above orders, as in structure 0003', () => {
    const segments = [
      'BSN*00*SHP-1*20261207*1430*0003',
      'HL*1**S',
      'HL*2*1*P',
      'MAN*CP*1Z-1',
      'HL*3*2*O',
      'PRF*4500017',
      ...item('4*3'),
    ]
    expect(linesOf(segments)).toEqual([['4500017', '1', '80', '1Z-1']])
  })

  it('are items above packs, as in structure 0002: one pack holds the item', () => {
    const segments = [
      'BSN*00*SHP-1*20261207*1430*0002',
      ...order,
      ...item('3*2'),
      'HL*4*3*P',
      'MAN*CP*1Z-1',
    ]
    expect(linesOf(segments)).toEqual([['4500017', '1', '80', '1Z-1']])
    const two = [...segments, 'HL*5*3*P', 'MAN*CP*1Z-2']
    expect(linesOf(two)).toEqual([['4500017', '1', '80', undefined]])
    expect(noticeOf(two).packs).toHaveLength(2)
  })

  it('follow their parents, whatever their order', () => {
    const segments = [
      beginning,
      'HL*1**S',
      'HL*2*1*O',
      'PRF*4500017',
      'HL*3*1*O',
      'PRF*4500018',
      ...item('4*2'),
      ...item('5*3', 'LIN*1*BP*BR-1', 'SN1**5*EA'),
    ]
    expect(linesOf(segments)).toEqual([
      ['4500017', '1', '80', undefined],
      ['4500018', '1', '5', undefined],
    ])
  })

  it('without parents belong to the nearest wider one before them', () => {
    const segments = [
      beginning,
      'HL*1**S',
      'HL*2**O',
      'PRF*4500017',
      'HL*3**P',
      'MAN*CP*1Z-1',
      'HL*4**I',
      'LIN*1*BP*BR-1',
      'SN1**80*EA',
      'HL*5**I',
      'LIN*2*BP*BR-2',
      'SN1**8*EA',
    ]
    expect(linesOf(segments)).toEqual([
      ['4500017', '1', '80', '1Z-1'],
      ['4500017', '2', '8', '1Z-1'],
    ])
  })

  it('with a parent that is none are said', () => {
    expect(troublesOf(read([beginning, ...order, ...item('3*9')]))).toEqual(['x12-parent-missing'])
  })

  it('with one number twice are said', () => {
    expect(troublesOf(read([beginning, ...order, ...item('2*2')]))).toEqual([
      'x12-loop-number-twice',
    ])
  })

  it('without an order loop name the order in REF or in LIN', () => {
    expect(linesOf([beginning, 'HL*1**S', 'REF*PO*4500017', ...item('2*1')])[0]?.[0]).toBe(
      '4500017',
    )
    expect(
      linesOf([beginning, 'HL*1**S', ...item('2*1', 'LIN*1*BP*BR-1*PO*4500018')])[0]?.[0],
    ).toBe('4500018')
  })

  it('name a release of a blanket order where the settings say so', () => {
    const segments = [beginning, 'HL*1**S', 'HL*2*1*O', 'PRF*508517*1001', ...item('3*2')]
    expect(linesOf(segments)[0]?.[0]).toBe('508517')
    expect(linesOf(segments, { orderReleases: 'joined' })[0]?.[0]).toBe('508517-1001')
  })

  it('are counted in CTT, with or without the loops around the items', () => {
    const segments = [beginning, ...order, ...item('3*2')]
    expect(troublesOf(read([...segments, 'CTT*3']))).toEqual([])
    expect(troublesOf(read([...segments, 'CTT*1']))).toEqual([])
    expect(troublesOf(read([...segments, 'CTT*2']))).toEqual(['x12-line-count'])
  })
})

describe('the line of an 856', () => {
  const lineOf = (line: string, ...below: string[]) =>
    noticeOf([beginning, ...order, 'HL*3*2*I', line, 'SN1**80*EA', ...below]).lines[0]

  it('bills to the order line that PL, REF or PRF names before LIN01', () => {
    expect(lineOf('LIN*1*BP*BR-1*PL*20')?.orderLineNumber).toBe('20')
    expect(lineOf('LIN*1*BP*BR-1', 'REF*LI*30')?.orderLineNumber).toBe('30')
    expect(lineOf('LIN**BP*BR-1')?.orderLineNumber).toBeNull()
  })

  it('of a partner who numbers lines in its own way stays open', () => {
    const segments = [beginning, ...order, ...item('3*2')]
    expect(linesOf(segments, { shipNotice: { lineNumbers: 'own' } })[0]?.[1]).toBeNull()
  })

  it('carries lots, serial numbers, expiry and origin', () => {
    expect(lineOf('LIN*1*BP*BR-1*LT*LOT-7*CH*DE', 'DTM*036*20281231')).toMatchObject({
      lots: [{ lot: 'LOT-7', expiryDate: '2028-12-31' }],
      countryOfOrigin: 'DE',
    })
    expect(lineOf('LIN*1*BP*BR-1', 'REF*SE*SN-1', 'REF*SE*SN-2')?.lots).toEqual([
      { serial: 'SN-1' },
      { serial: 'SN-2' },
    ])
  })

  it('of which nothing was shipped is left out, and said', () => {
    const segments = [
      beginning,
      ...order,
      ...item('3*2'),
      ...item('4*2', 'LIN*2*BP*BR-2', 'SN1**0*EA'),
    ]
    expect(linesOf(segments)).toHaveLength(1)
    expect(troublesOf(read(segments))).toEqual(['x12-nothing-shipped'])
  })

  it.each([
    ['no quantity', item('3*2', 'LIN*1*BP*BR-1', 'SN1***EA'), 'x12-quantity-missing'],
    ['no SN1', ['HL*3*2*I', 'LIN*1*BP*BR-1'], 'x12-quantity-missing'],
    ['no unit', item('3*2', 'LIN*1*BP*BR-1', 'SN1**80'), 'x12-unit-missing'],
  ])('with %s makes the notice unusable', (_, segments, rule) => {
    const { document, findings } = read([beginning, ...order, ...segments])
    expect(document).toBeNull()
    expect(findings.find((finding) => finding.rule === rule)?.severity).toBe('error')
  })

  it('with no order anywhere makes the notice unusable', () => {
    const { document, findings } = read([beginning, 'HL*1**S', ...item('2*1')])
    expect(document).toBeNull()
    expect(findings.map(({ rule }) => rule)).toContain('x12-order-number-missing')
  })
})

describe('the packs of an 856', () => {
  const packsOf = (...segments: string[]) =>
    noticeOf([beginning, ...order, ...segments, ...item('9*3')]).packs

  it('drop the application identifier of a scanned label', () => {
    expect(packsOf('HL*3*2*P', 'MAN*GM*(00)340123450000000017')[0]?.sscc).toBe('340123450000000017')
  })

  it('keep a label that is no SSCC as a plain mark, and that is said', () => {
    const segments = [beginning, ...order, 'HL*3*2*P', 'MAN*GM*12345', ...item('4*3')]
    expect(noticeOf(segments).packs).toEqual([{ packId: '12345', level: 'carton' }])
    expect(troublesOf(read(segments))).toEqual(['x12-sscc-invalid'])
  })

  it('without a mark are known by their loop', () => {
    expect(packsOf('HL*3*2*P')[0]?.packId).toBe('HL-3')
  })

  it('with the same label twice are kept apart, and that is said', () => {
    const mark = 'MAN*GM*340123450000000017'
    const segments = [
      beginning,
      ...order,
      'HL*3*2*P',
      mark,
      'HL*4*2*P',
      mark,
      ...item('5*3'),
      ...item('6*4', 'LIN*2*BP*BR-2'),
    ]
    expect(new Set(noticeOf(segments).packs.map(({ packId }) => packId)).size).toBe(2)
    expect(troublesOf(read(segments))).toEqual(['x12-sscc-twice'])
  })
})

describe('the shipment of an 856', () => {
  it('names days, places, carrier and tracking number', () => {
    expect(
      noticeOf([
        beginning,
        'HL*1**S',
        'TD5**2*RDWY',
        'REF*CN*PRO-1',
        'DTM*011*20261207',
        'DTM*017*20261209',
        'N1*SF*Larkmill',
        'N1*ST*East*92*DC-EAST',
        'HL*2*1*O',
        'PRF*4500017',
        ...item('3*2'),
      ]),
    ).toMatchObject({
      documentNumber: 'SHP-1',
      issuedAt: '2026-12-07T19:30:00Z',
      shipDate: '2026-12-07',
      estimatedDeliveryDate: '2026-12-09',
      carrier: 'RDWY',
      trackingNumber: 'PRO-1',
      shipFrom: 'Larkmill',
      shipTo: 'DC-EAST',
    })
  })

  it('takes supplier and ship-to from the orders where the shipment names none', () => {
    const segments = [
      beginning,
      ...order,
      'N1*SU*Larkmill*92*L-700',
      'N1*ST*East*92*DC-EAST',
      ...item('3*2'),
    ]
    expect(noticeOf(segments)).toMatchObject({ supplier: 'L-700', shipTo: 'DC-EAST' })
  })

  it.each([
    ['00', 'original'],
    ['05', 'replace'],
    ['01', 'cancel'],
    ['99', 'original'],
  ])('with BSN01 `%s` is an %s', (code, purpose) => {
    expect(noticeOf([`BSN*${code}*SHP-1*20261207`, ...order, ...item('3*2')]).purpose).toBe(purpose)
  })

  it.each([
    ['no BSN', [...order, ...item('3*2')], 'x12-beginning-missing'],
    ['no number', ['BSN*00**20261207', ...order, ...item('3*2')], 'x12-shipment-number-missing'],
    ['no date', ['BSN*00*SHP-1', ...order, ...item('3*2')], 'x12-issue-date-missing'],
    ['nothing in it', [beginning, ...order], 'x12-lines-missing'],
  ])('with %s is no notice', (_, segments, rule) => {
    const { document, findings } = read(segments)
    expect(document).toBeNull()
    expect(findings.find((finding) => finding.rule === rule)?.severity).toBe('error')
  })
})

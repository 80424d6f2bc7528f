import { CounterfoilError, TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  anInterchange,
  documentOf,
  exampleContext,
  readText,
  troublesOf,
} from './interchange.examples.ts'
import { createX12Reader } from './x12-reader.ts'

const orderSegments = (orderNumber: string): readonly string[] => [
  `BEG*00*SA*${orderNumber}**20261124`,
  'PO1*1*12*EA*3.50**VN*LM-100',
  'CTT*1',
]
const anOrderSet = (orderNumber: string, controlNumber = '0001') => ({
  segments: orderSegments(orderNumber),
  controlNumber,
})
const valid = anInterchange({ sets: [anOrderSet('4500017')] })

const numbersOf = (text: string): readonly (string | null)[] =>
  readText(text).map(({ document }) => document?.documentNumber ?? null)

const rulesOf = (text: string): readonly (readonly string[])[] =>
  readText(text).map((read) => troublesOf(read))

describe('the X12 reader', () => {
  it('reads a valid interchange without a word', () => {
    const [read] = readText(valid)
    expect(numbersOf(valid)).toEqual(['4500017'])
    expect(read?.raw).toBe(valid)
    expect(rulesOf(valid)).toEqual([[]])
  })

  it('knows a delivery again by its partners and control numbers', () => {
    expect(readText(valid)[0]?.deliveryKey).toBe(
      'larkmill-edi/ZZ/LARKMILL/ZZ/BRANFORD/000000042/42/0001',
    )
  })

  it('keeps connection, delivery and content in the origin of the document', () => {
    const order = documentOf(readText(valid)[0] ?? never(), 'purchase-order')
    expect(order.origin).toMatchObject({ channel: 'x12', connection: 'larkmill-edi' })
    expect(order.origin?.isTest).toBeUndefined()
  })

  it('marks the documents of a test interchange, which must never be posted', () => {
    const [read] = readText(anInterchange({ sets: [anOrderSet('4500017')], usage: 'T' }))
    expect(documentOf(read ?? never(), 'purchase-order').origin?.isTest).toBe(true)
    expect(read?.findings.map(({ rule }) => rule)).toContain('x12-test-indicator')
    const [shown] = readText(anInterchange({ sets: [anOrderSet('4500017')], usage: 'I' }))
    expect(troublesOf(shown ?? never())).toEqual(['x12-test-indicator'])
  })
})

describe('a bad set beside good ones', () => {
  const beside = (bad: Parameters<typeof anInterchange>[0]['sets'][number]) =>
    anInterchange({
      sets: [
        anOrderSet('4500017'),
        { controlNumber: '0002', ...bad },
        anOrderSet('4500019', '0003'),
      ],
    })

  it.each([
    ['has no BEG', { segments: ['PO1*1*12*EA*3.50', 'CTT*1'] }, 'x12-beginning-missing'],
    [
      'has no SE',
      { segments: orderSegments('4500018'), segmentCount: null },
      'x12-set-trailer-missing',
    ],
    [
      'orders in no unit',
      { segments: ['BEG*00*SA*4500018**20261124', 'PO1*1*12**3.50'] },
      'x12-unit-missing',
    ],
    ['has no lines', { segments: ['BEG*00*SA*4500018**20261124'] }, 'x12-document-invalid'],
    [
      'cancels an order',
      { segments: ['BEG*01*SA*4500018**20261124', 'PO1*1*12*EA*3.50'] },
      'x12-order-purpose',
    ],
    [
      'is of a kind that is not read',
      { segments: ['BCH*00'], setType: '860' },
      'x12-set-type-unsupported',
    ],
  ])('is set aside alone when it %s', (_, bad, rule) => {
    const text = beside(bad)
    const [first, second, third] = readText(text)
    expect([first?.document?.documentNumber, third?.document?.documentNumber]).toEqual([
      '4500017',
      '4500019',
    ])
    expect(second?.document).toBeNull()
    const errors = second?.findings.filter(({ severity }) => severity === 'error') ?? []
    expect(errors.map((error) => error.rule)).toContain(rule)
    expect(errors[0]?.position.path).toContain('ST[2]')
    expect(text.slice(errors[0]?.position.offset)).not.toBe('')
  })

  it('is kept with an envelope of its own, so that it can be mended and sent again alone', () => {
    const text = beside({ segments: ['PO1*1*12*EA*3.50', 'CTT*1'] })
    const raw = readText(text)[1]?.raw ?? ''
    const mended = raw.replace('PO1*', 'BEG*00*SA*4500018**20261124~\nPO1*').replace('SE*4', 'SE*5')
    expect(numbersOf(mended)).toEqual(['4500018'])
    expect(rulesOf(mended)).toEqual([[]])
  })

  it('gives every set a delivery key of its own, also where control numbers repeat', () => {
    const text = anInterchange({ sets: [anOrderSet('4500017'), anOrderSet('4500018')] })
    const keys = readText(text).map(({ deliveryKey }) => deliveryKey)
    expect(new Set(keys).size).toBe(2)
    expect(rulesOf(text)[1]).toContain('x12-control-number-twice')
  })

  it('says a fault of the interchange once, with its first set', () => {
    const text = anInterchange({
      sets: [anOrderSet('4500017'), anOrderSet('4500018', '0002')],
      groupCount: '7',
    })
    expect(rulesOf(text)).toEqual([['x12-group-count'], []])
  })
})

describe('an envelope that does not add up', () => {
  const anOrder = [anOrderSet('4500017')]

  it.each([
    [
      'a wrong segment count',
      { sets: [{ ...anOrder[0], segments: orderSegments('4500017'), segmentCount: '9' }] },
      'x12-segment-count',
      'ISA[1]/GS[1]/ST[1]/SE[1]/01',
    ],
    [
      'another set number at the end',
      { sets: [{ segments: orderSegments('4500017'), controlNumberAtEnd: '0009' }] },
      'x12-control-number',
      'ISA[1]/GS[1]/ST[1]/SE[1]/02',
    ],
    [
      'a wrong set count',
      { sets: anOrder, setCount: '2' },
      'x12-set-count',
      'ISA[1]/GS[1]/GE[1]/01',
    ],
    [
      'a missing GE',
      { sets: anOrder, setCount: null },
      'x12-group-trailer-missing',
      'ISA[1]/GS[1]',
    ],
    [
      'a wrong group count',
      { sets: anOrder, groupCount: '3' },
      'x12-group-count',
      'ISA[1]/IEA[1]/01',
    ],
    [
      'a count that is no number',
      { sets: anOrder, groupCount: 'one' },
      'x12-group-count',
      'ISA[1]/IEA[1]/01',
    ],
    [
      'another interchange number at the end',
      { sets: anOrder, controlNumberAtEnd: '000000043' },
      'x12-control-number',
      'ISA[1]/IEA[1]/02',
    ],
    [
      'a missing IEA',
      { sets: anOrder, groupCount: null },
      'x12-interchange-trailer-missing',
      'ISA[1]',
    ],
  ])('is read all the same and said: %s', (_, example, rule, path) => {
    const text = anInterchange(example)
    const [read] = readText(text)
    expect(read?.document?.documentNumber).toBe('4500017')
    const finding = read?.findings.find((one) => one.rule === rule)
    expect(finding?.severity).toBe('warning')
    expect(finding?.position.path).toBe(path)
  })

  it('is refused where the settings are strict', () => {
    const text = anInterchange({ sets: anOrder, groupCount: '3' })
    const [read] = readText(text, { strictness: 'strict' })
    expect(read?.document).toBeNull()
    expect(read?.findings.find(({ rule }) => rule === 'x12-group-count')?.severity).toBe('error')
  })

  it('is refused for one rule only, or said in passing, as the settings name it', () => {
    const text = anInterchange({ sets: anOrder, groupCount: '3' })
    const severityWith = (severity: 'error' | 'info') =>
      readText(text, { severities: { 'x12-group-count': severity } })[0]
    expect(severityWith('error')?.document).toBeNull()
    expect(severityWith('info')?.document?.documentNumber).toBe('4500017')
    expect(troublesOf(severityWith('info') ?? never())).toEqual([])
  })

  it('takes dropped leading zeros for the same control number', () => {
    const text = anInterchange({ sets: anOrder, controlNumberAtEnd: '42' })
    expect(rulesOf(text)).toEqual([[]])
  })

  it('is read from a group that is announced as another kind', () => {
    const [read] = readText(valid.replace('GS*PO*', 'GS*IN*'))
    expect(read?.document?.kind).toBe('purchase-order')
    expect(read?.findings.map(({ rule }) => rule)).toContain('x12-group-type')
  })

  it('may be missing altogether: a bare set is known by its content', () => {
    const bare = 'ST*850*0001~BEG*00*SA*4500017**20261124~N1*SU**92*L-7~PO1*1*12*EA*3.50~SE*5*0001~'
    const [read] = readText(bare)
    expect(read?.document?.documentNumber).toBe('4500017')
    expect(read?.deliveryKey).toMatch(/^larkmill-edi\/[0-9a-f]{64}$/)
    expect(read?.findings.map(({ rule }) => rule)).toContain('x12-bare-set')
  })

  it('loses only the set that was cut off when a transmission broke', () => {
    const text = anInterchange({ sets: [anOrderSet('4500017'), anOrderSet('4500018', '0002')] })
    const broken = text.slice(0, text.lastIndexOf('PO1*1*12') + 6)
    expect(numbersOf(broken)).toEqual(['4500017', null])
  })

  it('names a segment between the sets that belongs to none', () => {
    const text = valid.replace('GE*', 'PO1*2*5*EA*1~\nGE*')
    const [read] = readText(text)
    expect(read?.document?.documentNumber).toBe('4500017')
    expect(troublesOf(read ?? never())).toContain('x12-segment-stray')
  })
})

describe('text that is no X12, or hardly', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \r\n\t '],
    ['a letter', 'Dear supplier, please find our order attached.'],
    ['XML', '<?xml version="1.0"?><Order/>'],
    ['an ISA that breaks off', 'ISA*00*          *00*     '],
    [
      'an interchange without a set',
      'ISA*00**00**ZZ*A*ZZ*B*261124*0815*U*00401*000000001*0*P*>~IEA*0*000000001~',
    ],
    [
      'acknowledgments only',
      'ISA*00**00**ZZ*A*ZZ*B*261124*0815*U*00401*000000001*0*P*>~TA1*000000007*261124*0815*A*000~IEA*0*000000001~',
    ],
  ])('gives one entry with a reason: %s', (_, text) => {
    const [read, ...others] = readText(text)
    expect(others).toEqual([])
    expect(read?.document).toBeNull()
    expect(read?.raw).toBe(text)
    expect(read?.findings.some(({ severity }) => severity === 'error')).toBe(true)
  })

  it('is not taken for X12 unless it begins like it', () => {
    const { recognises } = createX12Reader()
    expect(recognises(valid)).toBe(true)
    expect(recognises(`\uFEFF\n${valid}`)).toBe(true)
    expect(recognises(`To: orders\n\n${valid}`)).toBe(true)
    expect(recognises('ST*850*0001~BEG*00*SA*1**20261124~SE*3*0001~')).toBe(true)
    expect(recognises('')).toBe(false)
    expect(recognises('<Order/>')).toBe(false)
    expect(recognises('ISABELLA ordered six chairs')).toBe(false)
    expect(recognises("UNB+UNOC:3+A+B+261124:0815+1'")).toBe(false)
  })

  it('reads the interchange between a mail and its signature, and says that there is more', () => {
    const [read] = readText(`Good morning,\nour order:\n${valid}`)
    expect(read?.document?.documentNumber).toBe('4500017')
    expect(troublesOf(read ?? never())).toEqual(['x12-text-outside'])
  })

  it('reads as many segments as the settings allow and says that the rest was not read', () => {
    const twice = valid + valid.replaceAll('000000042', '000000043')
    const reads = readText(twice, { segmentsMax: 12 })
    expect(reads[0]?.document?.documentNumber).toBe('4500017')
    expect(troublesOf(reads[0] ?? never())).toContain('x12-segments-too-many')
  })

  it('reads two interchanges of one text, each in its own separators', () => {
    const other = anInterchange({
      sets: [anOrderSet('4500018')],
      element: '|',
      terminator: '!\r\n',
      controlNumber: '000000043',
    })
    expect(numbersOf(valid + other)).toEqual(['4500017', '4500018'])
    expect(
      readText(valid + other)[1]?.findings.every(({ position }) =>
        position.path.startsWith('ISA[2]'),
      ),
    ).toBe(true)
  })
})

describe('free text that holds a separator', () => {
  it('is put back together where the terminator broke it, and that is said', () => {
    const text = anInterchange({
      sets: [
        { segments: ['BEG*00*SA*4500017**20261124', 'MSG*Gate 4~ ring twice', 'PO1*1*12*EA*3.50'] },
      ],
    })
    const [read] = readText(text)
    expect(read?.document?.notes).toEqual(['Gate 4~ ring twice'])
    expect(troublesOf(read ?? never())).toEqual(['x12-terminator-in-text'])
  })
})

describe('what is not carried into the document', () => {
  it('is listed once for each kind, and as a warning where the set has no such segment', () => {
    const [read] = readText(
      anInterchange({
        sets: [
          {
            segments: [
              'BEG*00*SA*4500017**20261124',
              'TD5**2*ROAD',
              'PO1*1*12*EA*3.50',
              'TD5**2*ROAD',
              'QQ9*1',
            ],
          },
        ],
      }),
    )
    const listed = read?.findings.filter(({ rule }) => rule.startsWith('x12-segment-un')) ?? []
    expect(listed.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['x12-segment-unused', 'info'],
      ['x12-segment-unknown', 'warning'],
    ])
    expect(listed[0]?.sentence).toContain('`TD5` (2 times')
  })

  it('names the line, column and place of a finding as a person would look for it', () => {
    const [read] = readText(valid.replace('*12*EA*', '*12*QZ*'))
    const finding = read?.findings.find(({ rule }) => rule === 'x12-unit-unknown')
    expect(finding?.position).toMatchObject({
      line: 5,
      column: 10,
      path: 'ISA[1]/GS[1]/ST[1]/PO1[1]/03',
    })
    expect(finding?.excerpt).toBe('QZ')
  })
})

describe('the settings of the X12 reader', () => {
  it('are refused with the place that is wrong', () => {
    const make = () => createX12Reader({ centuryPivot: 170 })
    expect(make).toThrow(/centuryPivot/)
    try {
      make()
    } catch (error) {
      expect(CounterfoilError.is(error) && error.code).toBe('SETTINGS_INVALID')
    }
  })

  it('give a unit the meaning it has for this partner', () => {
    const [read] = readText(valid.replace('*12*EA*', '*12*QZ*'), { units: { QZ: 'EA' } })
    const order = documentOf(read ?? never(), 'purchase-order')
    expect(order.lines[0]?.unitOfMeasure).toBe('EA')
    expect(troublesOf(read ?? never())).toEqual([])
  })

  it('can let a set without SE pass, for a partner who never sends one', () => {
    const text = anInterchange({
      sets: [{ segments: orderSegments('4500017'), segmentCount: null }],
    })
    const settings = { severities: { 'x12-set-trailer-missing': 'warning' } } as const
    expect(readText(text)[0]?.document).toBeNull()
    expect(readText(text, settings)[0]?.document?.documentNumber).toBe('4500017')
  })

  it('can never make a document of what is none', () => {
    const text = anInterchange({ sets: [{ segments: ['PO1*1*12*EA*3.50'] }] })
    const settings = { severities: { 'x12-beginning-missing': 'info' } } as const
    const [read] = readText(text, settings)
    expect(read?.document).toBeNull()
    expect(read?.findings.at(-1)).toMatchObject({ rule: 'x12-set-unreadable', severity: 'error' })
  })

  it('say nothing about the connection: its supplier stands for every document', () => {
    const [read] = createX12Reader().read(valid, { ...exampleContext, supplier: 'S-4711' })
    expect(read?.document?.supplier).toBe('S-4711')
    expect(TradeDocument.safeParse(read?.document).success).toBe(true)
  })
})

function never(): never {
  throw new Error('the reader gave no entry')
}

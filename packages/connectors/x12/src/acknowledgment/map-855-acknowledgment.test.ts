import { describe, expect, it } from 'vitest'
import { documentOf, readSegments, readText, troublesOf } from '../interchange.examples.ts'
import type { X12SettingsInput } from '../x12-settings.ts'

const beginning = 'BAK*00*AC*4500017*20261124****LM-88101*20261125'
const line = 'PO1*1*100*EA*3.50**BP*BR-2201'

const read = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  readSegments('855', segments, settings)

const answerOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
  documentOf(read(segments, settings), 'acknowledgment')

const responsesOf = (statuses: readonly string[], settings: X12SettingsInput = {}) =>
  answerOf([beginning, line, ...statuses], settings).lines[0]?.responses.map(
    ({ action, quantity, promisedDate }) => [action, quantity, promisedDate],
  )

describe('the answer to an order as a whole (BAK02)', () => {
  it.each([
    ['AC', 'accepted-with-changes', 'unanswered'],
    ['AD', 'accepted', 'unanswered'],
    ['AE', 'accepted-with-changes', 'accepted'],
    ['AK', 'accepted', 'accepted'],
    ['AT', 'accepted', 'accepted'],
    ['AH', 'received', 'unanswered'],
    ['RD', 'rejected', 'unanswered'],
    ['RF', 'rejected', 'rejected'],
    ['RJ', 'rejected', 'rejected'],
    ['RO', 'accepted-with-changes', 'unanswered'],
  ])('`%s` means %s, and lines not listed are %s', (code, decision, unlistedLines) => {
    expect(answerOf([`BAK*00*${code}*4500017*20261124*****20261125`])).toMatchObject({
      decision,
      unlistedLines,
      lines: [],
    })
  })

  it('in a code of its own is only received, and said', () => {
    const segments = ['BAK*00*QQ*4500017*20261124*****20261125']
    expect(answerOf(segments)).toMatchObject({ decision: 'received', unlistedLines: 'unanswered' })
    expect(troublesOf(read(segments))).toEqual(['x12-acknowledgment-type-unknown'])
  })

  it('that takes all and refuses a line is an acceptance with changes', () => {
    const segments = ['BAK*00*AD*4500017*20261124*****20261125', line, 'ACK*IR*100*EA']
    expect(answerOf(segments).decision).toBe('accepted-with-changes')
    expect(troublesOf(read(segments))).toEqual(['x12-decision-contradicted'])
  })

  it('means about silence what the partner settings say', () => {
    const settings = { acknowledgment: { unlistedLines: 'accepted' } } as const
    expect(answerOf([beginning, line, 'ACK*IA*100*EA'], settings).unlistedLines).toBe('accepted')
  })

  it('is dated by BAK09, else by its envelope', () => {
    expect(answerOf([beginning]).issuedAt).toBe('2026-11-25T05:00:00Z')
    expect(answerOf(['BAK*00*AC*4500017*20261124']).issuedAt).toBe('2026-11-24T13:15:00Z')
  })

  it('without a date anywhere cannot be told from an older one', () => {
    const bare = 'ST*855*0001~BAK*00*AK*4500017~N1*SU**92*L-700~SE*4*0001~'
    expect(readText(bare)[0]?.findings.map(({ rule }) => rule)).toContain('x12-issue-date-missing')
  })

  it('sent twice is one answer, another one to the same order is another', () => {
    const first = answerOf([beginning, line, 'ACK*IA*100*EA']).documentNumber
    expect(answerOf([beginning, line, 'ACK*IA*100*EA']).documentNumber).toBe(first)
    expect(answerOf([beginning, line, 'ACK*IA*90*EA']).documentNumber).not.toBe(first)
    expect(first).toMatch(/^LM-88101-[0-9a-f]{10}$/)
  })

  it.each([
    ['no BAK', [line], 'x12-beginning-missing'],
    ['no order number', ['BAK*00*AC**20261124'], 'x12-order-number-missing'],
  ])('with %s is no answer', (_, segments, rule) => {
    expect(read(segments).document).toBeNull()
    expect(read(segments).findings.map((finding) => finding.rule)).toContain(rule)
  })
})

describe('the answer to a line (ACK01)', () => {
  it.each([
    ['IA', 'accept'],
    ['AR', 'accept'],
    ['AC', 'shipped'],
    ['IB', 'backorder'],
    ['DR', 'accept'],
    ['IP', 'accept'],
    ['IE', 'accept'],
    ['SP', 'pending'],
    ['IH', 'hold'],
    ['IW', 'hold'],
    ['ID', 'cancel'],
    ['IR', 'reject'],
    ['R4', 'reject'],
  ])('`%s` is %s', (code, action) => {
    expect(responsesOf([`ACK*${code}*100*EA`])).toEqual([[action, '100', null]])
  })

  it('in a code of its own holds the line until the settings say what it means', () => {
    expect(responsesOf(['ACK*Q1*100*EA'])).toEqual([['hold', '100', null]])
    expect(troublesOf(read([beginning, line, 'ACK*Q1*100*EA']))).toEqual([
      'x12-line-status-unknown',
    ])
    const settings = { acknowledgment: { statusCodes: { Q1: 'accept', AC: 'accept' } } } as const
    expect(responsesOf(['ACK*Q1*100*EA'], settings)).toEqual([['accept', '100', null]])
    expect(responsesOf(['ACK*AC*100*EA'], settings)).toEqual([['accept', '100', null]])
  })

  it('may come in parts, each with its own day', () => {
    expect(
      responsesOf(['ACK*IA*60*EA*067*20261208', 'ACK*IB*30*EA*067*20270104', 'ACK*IR*10*EA']),
    ).toEqual([
      ['accept', '60', '2026-12-08'],
      ['backorder', '30', '2027-01-04'],
      ['reject', '10', null],
    ])
  })

  it('of a part leaves the balance backordered at BP, and refused at IQ', () => {
    expect(responsesOf(['ACK*BP*60*EA*067*20261208'])).toEqual([
      ['accept', '60', '2026-12-08'],
      ['backorder', '40', null],
    ])
    expect(responsesOf(['ACK*IQ*60*EA'])).toEqual([
      ['accept', '60', null],
      ['reject', '40', null],
    ])
  })

  it('counts the backordered part at BP where the partner does', () => {
    const settings = { acknowledgment: { partialShipQuantity: 'backordered' } } as const
    expect(responsesOf(['ACK*BP*60*EA'], settings)).toEqual([
      ['backorder', '60', null],
      ['accept', '40', null],
    ])
  })

  it('without a quantity is about the whole line', () => {
    expect(responsesOf(['ACK*IA'])).toEqual([['accept', '100', null]])
    expect(responsesOf(['ACK*IR*0*EA'])).toEqual([['reject', '100', null]])
  })

  it('that leaves part of the line without an answer is said, never filled', () => {
    expect(responsesOf(['ACK*IA*60*EA'])).toEqual([['accept', '60', null]])
    expect(troublesOf(read([beginning, line, 'ACK*IA*60*EA']))).toEqual([
      'x12-acknowledgment-short',
    ])
    expect(troublesOf(read([beginning, line, 'ACK*IA*160*EA']))).toEqual([
      'x12-acknowledgment-over',
    ])
  })

  it('in another unit than the line cannot be added up, and is said', () => {
    expect(troublesOf(read([beginning, line, 'ACK*IA*4*CA']))).toEqual(['x12-acknowledgment-unit'])
  })

  it('in eaches to a line in pieces can', () => {
    expect(troublesOf(read([beginning, 'PO1*1*100*PC*3.50', 'ACK*IA*100*EA']))).toEqual([])
  })

  it('with another item is a substitution that names it', () => {
    const { lines } = answerOf([beginning, line, 'ACK*IS*100*EA****VN*LM-101'])
    expect(lines[0]?.responses[0]).toMatchObject({
      action: 'substitute',
      substituteItem: { supplierItem: 'LM-101' },
    })
  })

  it('that changes price and date of the same goods is one answer with both', () => {
    const { lines } = answerOf([beginning, line, 'ACK*DR*100*EA*067*20261222', 'ACK*IP'])
    expect(lines[0]?.responses).toHaveLength(1)
    expect(lines[0]?.responses[0]).toMatchObject({
      action: 'accept',
      promisedDate: '2026-12-22',
      price: { amount: '3.50' },
      reasonCode: 'DR+IP',
    })
  })

  it('at a price below zero states none, and that is said', () => {
    const segments = [beginning, 'PO1*1*100*EA*-3.50', 'ACK*IP*100*EA']
    expect(answerOf(segments).lines[0]?.responses[0]?.price).toBeUndefined()
    expect(troublesOf(read(segments))).toEqual(['x12-price-negative'])
  })

  it('to a release names it where the settings say so', () => {
    const segments = ['BAK*00*AD*508517*20261124*1001****20261125', line, 'ACK*IA*100*EA']
    expect(answerOf(segments).orderNumber).toBe('508517')
    expect(answerOf(segments, { orderReleases: 'joined' }).orderNumber).toBe('508517-1001')
  })

  it('with the price still open states none', () => {
    expect(
      answerOf([beginning, line, 'ACK*IE*100*EA']).lines[0]?.responses[0]?.price,
    ).toBeUndefined()
  })

  it('takes its day from the line, else the order; a ship day is marked as one', () => {
    const { lines } = answerOf([
      beginning,
      'DTM*067*20261210',
      line,
      'ACK*IA*100*EA',
      'PO1*2*5*EA*1',
      'DTM*079*20261205',
      'ACK*IA*5*EA',
    ])
    expect(
      lines.map(({ responses: [first] }) => [first?.promisedDate, first?.dateMeaning]),
    ).toEqual([
      ['2026-12-10', 'delivery'],
      ['2026-12-05', 'ship'],
    ])
  })

  it('is cut at its schedules, which say when each piece of it comes', () => {
    expect(
      responsesOf(['ACK*IA*100*EA', 'SCH*70*EA***067*20261208', 'SCH*30*EA***067*20261215']),
    ).toEqual([
      ['accept', '70', '2026-12-08'],
      ['accept', '30', '2026-12-15'],
    ])
  })

  it('takes the latest day of schedules that do not add up to it', () => {
    const segments = ['ACK*IA*100*EA', 'SCH*70*EA***067*20261208', 'SCH*20*EA***067*20261215']
    expect(responsesOf(segments)).toEqual([['accept', '100', '2026-12-15']])
    expect(troublesOf(read([beginning, line, ...segments]))).toEqual(['x12-schedule-sum'])
  })

  it('that accepts nothing refuses the rest, and that is said', () => {
    expect(responsesOf(['ACK*IA*0*EA'])).toEqual([['reject', '100', null]])
    expect(troublesOf(read([beginning, line, 'ACK*IA*0*EA']))).toEqual(['x12-zero-accepted'])
  })

  it('that takes and refuses the same goods without saying how much is a refusal, and is said', () => {
    expect(responsesOf(['ACK*IA', 'ACK*IR'])).toEqual([['reject', '100', null]])
    expect(troublesOf(read([beginning, line, 'ACK*IA', 'ACK*IR']))).toEqual([
      'x12-line-status-mixed',
    ])
  })

  it('of a quantity below zero counts for nothing, and is said', () => {
    expect(troublesOf(read([beginning, line, 'ACK*IA*-5*EA']))).toEqual(['x12-number-negative'])
  })

  it('that finds nothing left to speak of is left out, and said', () => {
    expect(responsesOf(['ACK*IA*100*EA', 'ACK*IR'])).toEqual([['accept', '100', null]])
    expect(troublesOf(read([beginning, line, 'ACK*IA*100*EA', 'ACK*IR']))).toEqual([
      'x12-line-status-dropped',
    ])
  })

  it('gives its reason in words', () => {
    const { lines } = answerOf([beginning, line, 'ACK*R4*100*EA'])
    expect(lines[0]?.responses[0]).toMatchObject({
      reasonCode: 'R4',
      reasonText: 'contract item not available',
    })
  })
})

describe('a line that comes back without an ACK', () => {
  it('is what BAK02 says, with what the line itself states', () => {
    const { lines } = answerOf([beginning, 'PO1*1*90*EA*3.60'])
    expect(lines[0]?.responses).toEqual([
      expect.objectContaining({
        action: 'accept',
        quantity: '90',
        price: expect.objectContaining({ amount: '3.60' }),
      }),
    ])
  })

  it('is refused where the order is, and where it comes back with nothing', () => {
    const refused = answerOf(['BAK*00*RD*4500017*20261124*****20261125', line])
    expect(refused.lines[0]?.responses[0]?.action).toBe('reject')
    expect(answerOf([beginning, 'PO1*1*0*EA*3.50']).lines[0]?.wholeLine?.action).toBe('reject')
  })

  it('and without a quantity is answered as a whole, for whoever knows the order to spread', () => {
    const { lines } = answerOf([beginning, 'PO1*1', 'ACK*IA**EA*067*20261208'])
    expect(lines[0]).toMatchObject({
      responses: [],
      wholeLine: { action: 'accept', promisedDate: '2026-12-08' },
    })
  })
})

describe('the order line that is answered', () => {
  const numbersOf = (segments: readonly string[], settings: X12SettingsInput = {}) =>
    answerOf([beginning, ...segments], settings).lines.map(
      ({ documentLineNumber, orderLineNumber, supplierLineNumber }) => [
        documentLineNumber,
        orderLineNumber,
        supplierLineNumber,
      ],
    )

  it('is the one PO101 names, unless the line names it better', () => {
    expect(numbersOf(['PO1*10*1*EA*1', 'PO1*20*1*EA*1**PL*7'])).toEqual([
      ['10', '10', undefined],
      ['20', '7', undefined],
    ])
  })

  it('stays open where PO101 is blank: its items find it', () => {
    expect(numbersOf(['PO1**1*EA*1**BP*BR-1'])).toEqual([['1', null, undefined]])
  })

  it('stays open where the partner numbers lines in its own way', () => {
    expect(numbersOf(['PO1*10*1*EA*1'], { acknowledgment: { lineNumbers: 'own' } })).toEqual([
      ['10', null, '10'],
    ])
  })

  it('comes twice where two lines claim it, and that is said', () => {
    const segments = ['PO1*1*1*EA*1', 'PO1*1*2*EA*1']
    expect(numbersOf(segments)).toEqual([
      ['1', '1', undefined],
      ['1-2', '1', undefined],
    ])
    expect(troublesOf(read([beginning, ...segments]))).toEqual(['x12-line-number-twice'])
  })

  it('is counted in CTT', () => {
    expect(troublesOf(read([beginning, line, 'ACK*IA*100*EA', 'CTT*2']))).toEqual([
      'x12-line-count',
    ])
  })
})

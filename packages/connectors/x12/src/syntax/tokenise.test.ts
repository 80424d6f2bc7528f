import { describe, expect, it } from 'vitest'
import { anInterchange } from '../interchange.examples.ts'
import { elementOffset } from './segment.ts'
import { tokenise } from './tokenise.ts'

const order = ['BEG*00*SA*4500017**20261124', 'PO1*1*12*EA*3.50**VN*LM-100', 'CTT*1']
const valid = anInterchange({ sets: [{ segments: order }] })

const idsOf = (text: string): readonly string[] =>
  tokenise(text).runs.flatMap(({ segments }) => segments.map(({ id }) => id))

const validIds = ['ISA', 'GS', 'ST', 'BEG', 'PO1', 'CTT', 'SE', 'GE', 'IEA']

describe('tokenise', () => {
  it('cuts an interchange into its segments and remembers where each one stands', () => {
    const [run] = tokenise(valid).runs
    const line = run?.segments[4]
    expect(idsOf(valid)).toEqual(validIds)
    expect(line?.elements).toEqual(['PO1', '1', '12', 'EA', '3.50', '', 'VN', 'LM-100'])
    expect(valid.slice(line?.offset, line?.end)).toBe('PO1*1*12*EA*3.50**VN*LM-100')
  })

  it('finds the place of every element, and the end of the segment for one that is missing', () => {
    const [run] = tokenise(valid).runs
    const segment = run?.segments[4]
    if (run === undefined || segment === undefined) throw new Error('no line was cut')
    const { separators } = run
    const at = (element: number) => elementOffset(valid, { segment, element, separators })
    expect(valid.slice(at(4), at(4) + 4)).toBe('3.50')
    expect(at(0)).toBe(segment.offset)
    expect(at(20)).toBe(segment.end)
  })

  it.each([
    ['a pipe between elements', { element: '|' }],
    ['a tab between elements', { element: '\u001D', component: '\u001F', terminator: '\u001C' }],
    ['a line feed after segments', { terminator: '\n' }],
    ['a carriage return after segments', { terminator: '\r' }],
    ['CR LF after segments', { terminator: '\r\n' }],
    ['a tilde and CR LF after segments', { terminator: '~\r\n' }],
    ['segments on one line', { terminator: '~' }],
    ['a blank line after each segment', { terminator: '~\r\n\r\n' }],
    ['an exclamation mark after segments', { terminator: '!' }],
    ['a tilde between components', { component: '~', terminator: '|' }],
    ['elements and segments with swapped marks', { element: '~', terminator: '*\n' }],
  ])('reads %s', (_, separators) => {
    const text = anInterchange({ sets: [{ segments: order }], ...separators })
    const line = tokenise(text).runs[0]?.segments[4]
    expect(idsOf(text)).toEqual(validIds)
    expect(line?.elements.slice(0, 5)).toEqual(['PO1', '1', '12', 'EA', '3.50'])
  })

  it('takes the repetition separator from ISA11, and none from the older U', () => {
    const separatorsOf = (repetition: string) =>
      tokenise(anInterchange({ sets: [{ segments: order }], repetition })).runs[0]?.separators
    expect(separatorsOf('^')?.repetition).toBe('^')
    expect(separatorsOf('U')?.repetition).toBeNull()
  })

  it('counts the elements of an ISA whose fields lost their padding', () => {
    const text = valid.replace(
      /^ISA.*~/,
      'ISA*00**00**ZZ*LARKMILL*ZZ*BRANFORD*261124*0815*U*00401*42*0*P*>~',
    )
    expect(idsOf(text)).toEqual(validIds)
  })

  it('skips a byte-order mark, blank lines before, and NUL and Ctrl-Z behind', () => {
    const { stray } = tokenise(`\uFEFF\r\n\r\n${valid}\u0000\u001A`)
    expect(idsOf(`\uFEFF\r\n\r\n${valid}\u0000\u001A`)).toEqual(validIds)
    expect(stray).toEqual([])
  })

  it('skips indentation', () => {
    expect(idsOf(valid.replaceAll('\n', '\n    '))).toEqual(validIds)
  })

  it('keeps the last segment when its terminator is missing', () => {
    const [run] = tokenise(valid.trimEnd().slice(0, -1)).runs
    expect(run?.segments.at(-1)?.elements).toEqual(['IEA', '1', '000000042'])
    expect(run?.isTerminated).toBe(false)
  })

  it('puts back together a text that holds the terminator', () => {
    const text = anInterchange({
      sets: [{ segments: ['MSG*deliver to gate 4~ ring twice', 'CTT*1'] }],
    })
    const message = tokenise(text).runs[0]?.segments[3]
    expect(message?.elements[1]).toContain('ring twice')
    expect(message?.piecesRejoined).toBe(1)
  })

  it('reads two interchanges in one text, each with its own separators', () => {
    const other = anInterchange({ sets: [{ segments: order }], element: '|', terminator: '!' })
    const { runs } = tokenise(valid + other)
    expect(runs.map(({ separators }) => separators.element)).toEqual(['*', '|'])
    expect(idsOf(valid + other)).toEqual([...validIds, ...validIds])
  })

  it('guesses the separators of a set that comes without an envelope', () => {
    const [run] = tokenise('ST*850*0001~BEG*00*SA*4500017**20261124~SE*3*0001~').runs
    expect(run?.hasInterchangeHeader).toBe(false)
    expect(run?.segments.map(({ id }) => id)).toEqual(['ST', 'BEG', 'SE'])
  })

  it('names text before an interchange as stray', () => {
    const { stray } = tokenise(`Subject: order\n\n${valid}`)
    expect(stray).toEqual([{ offset: 0, end: 16 }])
  })

  it('gives no segments for what is not X12', () => {
    expect(tokenise('ISA is short for interchange').runs).toEqual([])
    expect(tokenise('').runs).toEqual([])
  })

  it('stops at the most segments it may read, and says that more follow', () => {
    const cut = tokenise(valid, { segmentsMax: 4 })
    expect(cut.isCutOff).toBe(true)
    expect(cut.runs[0]?.segments).toHaveLength(4)
    expect(tokenise(valid, { segmentsMax: 9 }).isCutOff).toBe(false)
  })
})

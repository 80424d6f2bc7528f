import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTraces } from './read-traces.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-traces-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (content: string | Uint8Array) => {
  const file = join(folder, 'traces')
  writeFileSync(file, content)
  return readTraces(file)
}

const trace = (po: string, line: string, at = '2018-03-01T09:00:00Z') => ({
  po,
  line,
  events: [[at, 'Create Purchase Order Item']],
})

const linesOf = (...values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n')

describe('a file of traces', () => {
  it('reads the same plain and zipped', () => {
    const text = linesOf(trace('1', '10'), trace('1', '20'))
    expect(read(gzipSync(text))).toEqual(read(text))
    expect(read(text).traces).toHaveLength(2)
  })

  it('puts traces in the order of their orders and lines, whatever the order of the file', () => {
    const { traces } = read(linesOf(trace('2', '10'), trace('1', '20'), trace('1', '10')))
    expect(traces.map(({ po, line }) => `${po}/${line}`)).toEqual(['1/10', '1/20', '2/10'])
  })

  it('keeps times nobody can have meant', () => {
    const at = '1948-01-26T22:59:00Z'
    expect(read(linesOf(trace('1', '10', at))).traces[0]?.events[0]?.[0]).toBe(at)
  })

  it('takes a trace in which nothing happened', () => {
    const { traces, unreadable } = read(linesOf({ po: '1', line: '10', events: [] }))
    expect(traces).toHaveLength(1)
    expect(unreadable).toEqual([])
  })

  it.each([
    ['is not JSON', '{"po":'],
    ['has no order', JSON.stringify({ line: '10', events: [] })],
    ['has a field nobody knows', JSON.stringify({ ...trace('1', '10'), price: '3' })],
    ['has a time that is none', JSON.stringify(trace('1', '10', '2018-02-30T09:00:00Z'))],
    ['has an event without activity', '{"po":"1","line":"1","events":[["2018-03-01T09:00:00Z"]]}'],
    ['has an empty activity', '{"po":"1","line":"1","events":[["2018-03-01T09:00:00Z",""]]}'],
  ])('says on which line one %s, and reads the others', (_, bad) => {
    const { traces, unreadable } = read(`${linesOf(trace('1', '10'))}\n\n${bad}\n`)
    expect(traces).toHaveLength(1)
    expect(unreadable).toEqual([{ lineNumber: 3, sentence: expect.stringMatching(/\S/) }])
  })
})

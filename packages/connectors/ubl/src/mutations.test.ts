import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Finding, type ReadDocument, TradeDocument } from '@counterfoil/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aContext } from './ubl.examples.ts'
import { createUblReader } from './ubl-reader.ts'

const folder = join(import.meta.dirname, '__fixtures__')
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))

const reader = createUblReader()

/** What every answer of a reader must be, whatever it was given. */
const check = (text: string): readonly ReadDocument[] => {
  const reads = reader.read(text, aContext)
  expect(reads.length).toBeGreaterThan(0)
  for (const { document, findings, deliveryKey } of reads) {
    for (const finding of findings) {
      expect(Finding.safeParse(finding).error).toBeUndefined()
      expect(finding.position.offset).toBeLessThanOrEqual(text.length)
      expect(placeOf(text, finding.position)).toBe(finding.position.offset)
    }
    const isRefused = findings.some(({ severity }) => severity === 'error')
    expect(document === null).toBe(isRefused)
    if (document !== null) {
      expect(TradeDocument.safeParse(document).error).toBeUndefined()
      expect(JSON.parse(JSON.stringify(document))).toStrictEqual(document)
    }
    expect(deliveryKey.length).toBeLessThanOrEqual(300)
  }
  return reads
}

/** Finds a place again by its line and column, counted another way than the reader counts. */
const placeOf = (text: string, { line, column }: Finding['position']): number => {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/)
  return lines.slice(0, line - 1).join('').length + column - 1
}

const somewhere = fc.record({
  text: fc.constantFrom(...texts),
  at: fc.nat(),
  length: fc.nat({ max: 40 }),
})

/** What damaged files, wrong character sets and clever attackers put into a text. */
const splinters = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  '</',
  '<!--',
  ']]>',
  '<![CDATA[',
  '<?xml',
  '<!DOCTYPE a>',
  '&#0;',
  '&#x110000;',
  '\u0000',
  '\uFFFD',
  '\uD800',
  '-',
  '1e9',
  '99999999999999999999999',
  'NaN',
  '',
  ' ',
  'xmlns:cbc="urn:x"',
  '<cbc:ID>',
  '</cbc:ID>',
  '2026-13-01',
)

describe('damaged documents never throw, and either are whole or say where they are not', () => {
  it('with a piece cut out', () => {
    fc.assert(
      fc.property(somewhere, ({ text, at, length }) => {
        const start = at % text.length
        check(text.slice(0, start) + text.slice(start + length))
      }),
      { numRuns: 300 },
    )
  })

  it('cut off anywhere', () => {
    fc.assert(
      fc.property(somewhere, ({ text, at }) => {
        const [read] = check(text.slice(0, at % text.trimEnd().length))
        expect(read?.document).toBeNull()
      }),
      { numRuns: 150 },
    )
  })

  it('with something foreign put in', () => {
    fc.assert(
      fc.property(somewhere, splinters, ({ text, at }, splinter) => {
        const start = at % text.length
        check(text.slice(0, start) + splinter + text.slice(start))
      }),
      { numRuns: 500 },
    )
  })

  it('with the content of an element replaced', () => {
    fc.assert(
      fc.property(somewhere, splinters, ({ text, at }, splinter) => {
        const contents = [...text.matchAll(/>([^<>\s][^<>]*)</g)]
        const found = contents[at % contents.length]
        if (found === undefined) return
        check(
          text.slice(0, found.index + 1) + splinter + text.slice(found.index + found[0].length - 1),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('with an element left out, or written twice', () => {
    fc.assert(
      fc.property(somewhere, fc.boolean(), ({ text, at }, twice) => {
        const elements = [
          ...text.matchAll(/<((?:\w+:)?\w+)(?:\s[^<>]*)?>(?:(?!<\1[\s>])[\s\S])*?<\/\1>/g),
        ]
        const found = elements[at % elements.length]
        if (found === undefined) return
        const rest = text.slice(found.index + found[0].length)
        check(text.slice(0, found.index) + (twice ? found[0] + found[0] : '') + rest)
      }),
      { numRuns: 500 },
    )
  })

  it('with all lines ended in another way', () => {
    for (const text of texts) {
      const [expected] = check(text)
      for (const end of ['\r\n', '\r']) {
        const [read] = check(text.replaceAll('\n', end))
        expect(read?.document).toMatchObject({ documentNumber: expected?.document?.documentNumber })
      }
    }
  })

  it('that are no XML at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        check(text)
      }),
      { numRuns: 200 },
    )
  })
})

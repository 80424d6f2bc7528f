import { readFileSync } from 'node:fs'
import { Finding, TradeDocument } from '@counterfoil/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleContext } from './interchange.examples.ts'
import { createX12Reader } from './x12-reader.ts'

const fixtures = ['850-order', '855-answer', '856-notice', '810-invoice', '810-credit'].map(
  (name) => readFileSync(new URL(`./__fixtures__/${name}.edi`, import.meta.url), 'utf8'),
)

const place = fc.nat({ max: 2_000 })
const garbage = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom(
    '*',
    '~',
    '>',
    '^',
    '|',
    '\n',
    '~ST*850*1~',
    'ISA*',
    '\u0000',
    '-',
    '.',
    '999999999',
    '\uFEFF',
    'GS*',
    'SE*2*1~',
  ),
)

/** One thing that goes wrong with a text on its way. */
const mutation = fc.oneof(
  fc.record({
    kind: fc.constant('delete' as const),
    at: place,
    length: fc.integer({ min: 1, max: 60 }),
  }),
  fc.record({
    kind: fc.constant('duplicate' as const),
    at: place,
    length: fc.integer({ min: 1, max: 120 }),
  }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
  fc.record({ kind: fc.constant('insert' as const), at: place, text: garbage }),
  fc.record({ kind: fc.constant('replace' as const), at: place, text: garbage }),
  fc.record({ kind: fc.constant('swap' as const), at: place, to: place }),
)
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never

function mutate(text: string, change: Mutation): string {
  const at = text.length === 0 ? 0 : change.at % text.length
  switch (change.kind) {
    case 'delete':
      return text.slice(0, at) + text.slice(at + change.length)
    case 'duplicate':
      return text.slice(0, at + change.length) + text.slice(at)
    case 'truncate':
      return text.slice(0, at)
    case 'insert':
      return text.slice(0, at) + change.text + text.slice(at)
    case 'replace':
      return text.slice(0, at) + change.text + text.slice(at + change.text.length)
    case 'swap':
      return swapSegments(text, change.at, change.to)
  }
}

/** Exchanges two segments, whatever ends them. */
function swapSegments(text: string, from: number, to: number): string {
  const pieces = text.split(/(?<=[~!\n])/)
  const a = from % pieces.length
  const b = to % pieces.length
  return pieces
    .map((piece, index) => (index === a ? pieces[b] : index === b ? pieces[a] : piece))
    .join('')
}

const reader = createX12Reader()

function expectPromisesKept(text: string): void {
  const reads = reader.read(text, exampleContext)
  expect(reads.length).toBeGreaterThan(0)
  for (const { document, findings, raw, deliveryKey } of reads) {
    const errors = findings.filter(({ severity }) => severity === 'error')
    expect(document === null).toBe(errors.length > 0)
    if (document !== null) expect(TradeDocument.safeParse(document).error).toBeUndefined()
    for (const finding of findings) {
      expect(Finding.safeParse(finding).error).toBeUndefined()
      expect(finding.position.offset).toBeLessThanOrEqual(text.length)
      // A fault of the reader itself would be caught and named so; it must not occur.
      expect(finding.sentence).not.toContain('the reader failed on it')
    }
    expect(deliveryKey.startsWith('larkmill-edi/')).toBe(true)
    expect(text === '' || raw !== '').toBe(true)
  }
  expect(new Set(reads.map(({ deliveryKey }) => deliveryKey)).size).toBe(reads.length)
}

describe('a text that was damaged on its way', () => {
  it('never stops the reader and never becomes a document that is none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (text, changes) => {
          expectPromisesKept(changes.reduce(mutate, text))
        },
      ),
      { numRuns: 1_500 },
    )
  })

  it('never stops the reader when it is nothing but garbage', () => {
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 40 }), (pieces) => {
        expectPromisesKept(pieces.join(''))
        expect(typeof reader.recognises(pieces.join(''))).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })

  it('loses only its own document, wherever it breaks off: the interchanges around it are read', () => {
    const [before = '', , , after = ''] = fixtures
    const numbersOf = (text: string): readonly string[] =>
      reader.read(text, exampleContext).flatMap(({ document }) => document?.documentNumber ?? [])
    const lost: string[] = []
    for (const text of fixtures.slice(1, 3)) {
      for (let at = 0; at < text.length; at += 1) {
        const numbers = numbersOf(`${before}${text.slice(0, at)}\n${after}`)
        if (!numbers.includes('4500017') || !numbers.includes('LM-INV-9001')) {
          lost.push(text.slice(0, at))
        }
      }
    }
    expect(lost).toEqual([])
  })
})

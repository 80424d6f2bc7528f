import { readFileSync } from 'node:fs'
import type { TradeDocument } from '@counterfoil/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anInterchange, readText } from './interchange.examples.ts'
import { tokenise } from './syntax/tokenise.ts'

const names = ['850-order', '855-answer', '856-notice', '810-invoice', '810-credit']
const fixtures = names.map((name) =>
  readFileSync(new URL(`./__fixtures__/${name}.edi`, import.meta.url), 'utf8'),
)

/** The set type and the segments between ST and SE of a text with one set. */
function setOf(text: string): { readonly setType: string; readonly segments: readonly string[] } {
  const segments = tokenise(text).runs.flatMap((run) => run.segments)
  const inside = segments.slice(3, -3).map(({ elements }) => elements.join('*'))
  return { setType: segments[2]?.elements[1] ?? '', segments: inside }
}

/** A document without what only the envelope and the spelling of the text decide. */
function contentOf(document: TradeDocument | null | undefined): unknown {
  if (document === null || document === undefined) throw new Error('nothing was read')
  const { origin: _, ...content } = document
  return content
}

// None of them occurs in the texts, and no two of one choice are alike.
const separators = fc
  .shuffledSubarray(Array.from('|^!~\u001C\u001D\u001E\u001F%;`{}'), { minLength: 4, maxLength: 4 })
  .map(([element = '|', component = '^', terminator = '!', repetition = '%']) => ({
    element,
    component,
    terminator,
    repetition,
  }))
const lineEnd = fc.constantFrom('', '\n', '\r\n', '\r', '\n\n', '\r\n  ')

describe('an X12 document', () => {
  it('is the same in any separators and with any line ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), separators, lineEnd, (text, marks, end) => {
        const set = setOf(text)
        const usual = readText(anInterchange({ sets: [set] }))[0]?.document
        const other = anInterchange({ sets: [set], ...marks, terminator: marks.terminator + end })
        expect(contentOf(readText(other)[0]?.document)).toEqual(contentOf(usual))
      }),
      { numRuns: 300 },
    )
  })

  it('is the same in the middle of an interchange as alone in its own envelope', () => {
    const sets = fixtures.map((text, index) => ({
      ...setOf(text),
      controlNumber: `000${index + 1}`,
    }))
    const together = readText(anInterchange({ sets }))
    expect(together).toHaveLength(fixtures.length)
    for (const { document, raw, deliveryKey } of together) {
      const [alone, ...others] = readText(raw)
      expect(others).toEqual([])
      expect(alone?.document).toEqual(document)
      expect(alone?.deliveryKey).toBe(deliveryKey)
      expect(alone?.findings.filter(({ severity }) => severity !== 'info')).toEqual([])
    }
  })

  it('is the same each time it is read', () => {
    for (const text of fixtures) expect(readText(text)).toEqual(readText(text))
  })
})

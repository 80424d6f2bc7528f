import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aContext } from './ubl.examples.ts'
import { createUblReader } from './ubl-reader.ts'

/** Published samples nobody here wrote, beside the project where they are kept. */
const folder = join(import.meta.dirname, '../../../../../shared/edi/corpus')
const index = join(folder, 'INDEX.tsv')
const isThere = existsSync(index)

const kinds: ReadonlySet<string> = new Set([
  'CreditNote',
  'DespatchAdvice',
  'Invoice',
  'Order',
  'OrderChange',
  'OrderResponse',
  'OrderResponseSimple',
  'ReceiptAdvice',
])

type Sample = { readonly file: string; readonly kind: string }

const samples: readonly Sample[] = isThere
  ? readFileSync(index, 'utf8')
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))
      .flatMap(([file = '', standard, , kind = '']) => (standard === 'ubl' ? [{ file, kind }] : []))
  : []

/**
 * Samples that no reader should take, and why. Everything else must be read: a sample that falls out is a step back.
 */
const unreadable: Readonly<Record<string, string>> = {
  'phax__CENBII-Order-maximal.xml': 'ubl-currency-differs',
  'phax__SI-UBL-PO-1.2-error-BII2-T01-R004.xml': 'ubl-issue-date-missing',
  'OpenPEPPOL__ReceiptAdvice_Example_UseCase_3.xml': 'ubl-lines-missing',
  'OpenPEPPOL__ReceiptAdvice_Example_UseCase_4.xml': 'ubl-lines-missing',
  'OpenPEPPOL__ReceiptAdvice_Example_UseCase_5.xml': 'ubl-lines-missing',
}

if (!isThere)
  console.log('the corpus of published documents is not beside the project: its tests are skipped')

describe.skipIf(!isThere)('published UBL documents', () => {
  const reader = createUblReader()
  const readSample = ({ file }: Sample) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return { text, reads: reader.read(text, aContext) }
  }

  it('are in the index', () => {
    expect(samples.filter(({ kind }) => kinds.has(kind)).length).toBeGreaterThan(100)
  })

  it.each(samples.filter(({ kind }) => kinds.has(kind)))('$file', (sample) => {
    const { text, reads } = readSample(sample)
    const [read, ...others] = reads
    expect(others).toEqual([])
    const errors = read?.findings.filter(({ severity }) => severity === 'error') ?? []
    const name = sample.file.split('/').at(-1) ?? ''
    expect(errors[0]?.rule).toBe(unreadable[name])
    expect(read?.document === null).toBe(name in unreadable)
    if (read?.document) expect(TradeDocument.safeParse(read.document).error).toBeUndefined()
    for (const { position, excerpt, sentence } of read?.findings ?? []) {
      expect(text.startsWith(excerpt.replace(/…$/, ''), position.offset)).toBe(true)
      expect(sentence.length).toBeGreaterThan(20)
    }
  })

  it.each(samples.filter(({ kind }) => !kinds.has(kind)))(
    '$file is of a kind that is not read, and says so',
    (sample) => {
      const { reads } = readSample(sample)
      expect(reads.map(({ document }) => document)).toEqual([null])
      expect(reads[0]?.findings.map(({ rule }) => rule)).toEqual(['ubl-document-unsupported'])
    },
  )
})

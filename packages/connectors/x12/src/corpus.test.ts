import { existsSync, readFileSync } from 'node:fs'
import { Finding, TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { readText } from './interchange.examples.ts'

// Published samples of many senders. They are not part of the project: their licences differ.
const corpus = new URL('../../../../../shared/edi/corpus/', import.meta.url)
const index = new URL('INDEX.tsv', corpus)
const isHere = existsSync(index)
if (!isHere) console.log('skipped: no published samples in ../shared/edi/corpus')

type Sample = { readonly file: string; readonly set: string; readonly validity: string }

const samples: readonly Sample[] = isHere
  ? readFileSync(index, 'utf8')
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))
      .filter(([, standard]) => standard === 'x12')
      .map((row) => ({ file: row[0] ?? '', set: row[3] ?? '', validity: row[9] ?? '' }))
  : []

const readSets: ReadonlySet<string> = new Set(['850', '855', '856', '810'])
const ours = samples.filter(({ set }) => set.split('+').some((one) => readSets.has(one)))

const readSample = ({ file }: Sample) => readText(readFileSync(new URL(file, corpus), 'utf8'))

describe.skipIf(!isHere)('published X12 samples', () => {
  it('of orders, acknowledgments, ship notices and invoices are read, or refused with a place and a reason', () => {
    const counts = { files: 0, read: 0, refused: 0, filesWithoutError: 0 }
    const reasons: string[] = []
    for (const sample of ours) {
      const reads = readSample(sample)
      const refused = reads.filter(({ document }) => document === null)
      counts.files += 1
      counts.read += reads.length - refused.length
      counts.refused += refused.length
      if (refused.length === 0) counts.filesWithoutError += 1
      reasons.push(
        ...refused.flatMap(({ findings }) =>
          findings
            .filter(({ severity }) => severity === 'error')
            .map(({ rule }) => `${sample.file}: ${rule}`),
        ),
      )
    }
    console.log(JSON.stringify(counts), `\n${reasons.join('\n')}`)
    expect(counts.filesWithoutError / counts.files).toBeGreaterThan(0.9)
  })

  it.each(samples.map((sample) => [sample.file, sample] as const))(
    'keep the promises of a reader: %s',
    (_, sample) => {
      const reads = readSample(sample)
      expect(reads.length).toBeGreaterThan(0)
      for (const { document, findings, deliveryKey } of reads) {
        for (const finding of findings) expect(Finding.safeParse(finding).success).toBe(true)
        expect(deliveryKey).not.toBe('')
        const hasError = findings.some(({ severity }) => severity === 'error')
        expect(document === null).toBe(hasError)
        if (document !== null) expect(TradeDocument.safeParse(document).success).toBe(true)
      }
      expect(new Set(reads.map(({ deliveryKey }) => deliveryKey)).size).toBe(reads.length)
    },
  )
})

import { readFileSync } from 'node:fs'
import { TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { readText, troublesOf } from './interchange.examples.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8')

describe('a document as it came in, and as it is kept', () => {
  it.each([
    ['an order of two lines, one in two deliveries', '850-order'],
    ['an answer with a backorder, a new price and a refusal', '855-answer'],
    ['a pallet with two cartons', '856-notice'],
    ['an invoice of two orders with freight, discounts and tax', '810-invoice'],
    ['a credit memo with figures below zero and a restocking charge', '810-credit'],
  ])('%s (%s)', (_, name) => {
    const reads = readText(fixture(`${name}.edi`))
    expect(reads.map(troublesOf)).toEqual([[]])
    expect(reads[0]?.document).toEqual(JSON.parse(fixture(`${name}.json`)))
    expect(TradeDocument.safeParse(reads[0]?.document).success).toBe(true)
  })
})

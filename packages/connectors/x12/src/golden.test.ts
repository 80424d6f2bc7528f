import { readFileSync } from 'node:fs'
import { TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { readText, troublesOf } from './interchange.examples.ts'

const fixture = (name: string): string =>
  readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8')

describe('a document that comes by EDI, as it is kept (R-72)', () => {
  it.each([
    ['an order of two lines, one in two deliveries (R-54)', '850-order'],
    ['an answer with a backorder, a new price and a refusal (R-94)', '855-answer'],
    ['a pallet with two cartons (R-55)', '856-notice'],
    ['an invoice of two orders with freight, discounts and tax (R-57)', '810-invoice'],
    ['a credit memo with figures below zero and a restocking charge (R-57)', '810-credit'],
  ])('%s: %s', (_, name) => {
    const reads = readText(fixture(`${name}.edi`))
    expect(reads.map(troublesOf)).toEqual([[]])
    expect(reads[0]?.document).toEqual(JSON.parse(fixture(`${name}.json`)))
    expect(TradeDocument.safeParse(reads[0]?.document).success).toBe(true)
  })
})

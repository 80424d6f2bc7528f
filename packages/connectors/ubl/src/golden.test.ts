import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aContext } from './ubl.examples.ts'
import { createUblReader } from './ubl-reader.ts'

const reader = createUblReader({
  suppliers: { '0088:7300010000001': 'V-100', 'Fjordgrossist AS': 'V-100' },
})

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8')

describe('documents of a supplier on Peppol become canonical orders, answers, ship notices, receipts and invoices (R-54, R-55, R-56, R-57)', () => {
  it.each([
    [
      'order',
      'an order with schedules, tolerance, a price per 100, pack sizes and a cash discount',
    ],
    ['order-response', 'an answer that accepts, splits, backorders, replaces and refuses lines'],
    ['order-response-simple', 'a refusal of the whole order'],
    [
      'despatch-advice',
      'goods of two orders on a pallet, with lots, best-before days and what is still missing',
    ],
    ['receipt-advice', 'a count with goods refused and goods missing'],
    ['invoice', 'an invoice over two orders with allowances, two tax rates and a cash discount'],
    ['credit-note', 'a credit note for part of an invoice'],
  ])('%s: %s', (name) => {
    const text = fixture(`${name}.xml`)
    const [read, ...others] = reader.read(text, aContext)
    const { origin, ...document } = read?.document ?? { origin: undefined }
    const findings = read?.findings.map(
      ({ position, severity, rule }) => `${position.line}:${position.column} ${severity} ${rule}`,
    )
    expect({ document, findings }).toEqual(JSON.parse(fixture(`${name}.json`)))
    expect(others).toEqual([])
    expect(origin).toMatchObject({
      channel: 'ubl',
      connection: 'peppol',
      contentHash: sha256Hex(text),
      deliveryKey: `peppol/${sha256Hex(text)}`,
    })
    expect(read?.raw).toBe(text)
  })
})

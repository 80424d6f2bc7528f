import { Finding, type ReadContext, TradeDocument, type TradeDocumentKind } from '@counterfoil/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDocument } from './conformance/documents.ts'
import { createCanonicalJsonReader } from './read-canonical-json.ts'

const reader = createCanonicalJsonReader()
const context: ReadContext = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  connection: 'portal',
  timeZone: 'Europe/Berlin',
}
const receipt = aDocument('receipt', 'GR-1')
const kinds: readonly TradeDocumentKind[] = [
  'purchase-order',
  'change-request',
  'acknowledgment',
  'ship-notice',
  'milestone',
  'receipt',
  'inspection',
  'invoice',
]

function findingsOf(text: string, given: Partial<ReadContext> = {}) {
  const read = reader.read(text, { ...context, ...given })
  return read.flatMap(({ findings }) => findings)
}

describe('a canonical document in JSON', () => {
  it.each(kinds)('reads a %s back as it was written', (kind) => {
    const document = aDocument(kind, 'N-1')
    const [read] = reader.read(JSON.stringify(document, null, 2), context)
    expect(read).toMatchObject({ document, findings: [] })
  })

  it('takes from the connection what the document leaves out', () => {
    const { tenant: _tenant, buyerOrganisation: _buyer, supplier: _supplier, ...rest } = receipt
    const [read] = reader.read(JSON.stringify(rest), { ...context, supplier: 'S100' })
    expect(read?.document).toEqual(receipt)
  })

  it('is recognised by its first character, whatever the editor put before it', () => {
    expect(reader.recognises('\uFEFF\n  {"kind":"receipt"}')).toBe(true)
    expect(reader.recognises('[{}]')).toBe(true)
    for (const text of ['ISA*00*', '<Order/>', '', 'kind: receipt', '"text"']) {
      expect(reader.recognises(text)).toBe(false)
    }
  })

  it('is read behind a byte-order mark, with offsets of the text as it came', () => {
    const text = `\uFEFF${JSON.stringify(receipt)}`
    expect(reader.read(text, context)[0]?.document).toEqual(receipt)
    expect(findingsOf('\uFEFF{"kind":"receipt"')[0]?.position.offset).toBe(18)
  })
})

describe('several documents in one delivery', () => {
  it('are read each on its own, and one that is bad does not hold up the others', () => {
    const bad = { ...receipt, documentNumber: 'GR-2', lines: [] }
    const good = aDocument('receipt', 'GR-3')
    const read = reader.read(JSON.stringify([receipt, bad, 7, good]), context)
    expect(read.map(({ document }) => document?.documentNumber ?? null)).toEqual([
      'GR-1',
      null,
      null,
      'GR-3',
    ])
    expect(read[1]?.raw).toBe(JSON.stringify(bad))
    expect(read[1]?.findings[0]?.position.path).toBe('/1/lines')
    expect(read[2]?.findings[0]).toMatchObject({ rule: 'json-not-a-document' })
  })

  it('have keys of their own, the same for the same text', () => {
    const [one, two, three] = reader.read(
      JSON.stringify([receipt, aDocument('receipt', 'GR-2'), receipt]),
      context,
    )
    expect(one?.deliveryKey).toBe(three?.deliveryKey)
    expect(one?.deliveryKey).not.toBe(two?.deliveryKey)
    expect(one?.deliveryKey.startsWith('portal/')).toBe(true)
  })

  it('are at least one and not without end', () => {
    expect(findingsOf('[]')).toMatchObject([{ rule: 'json-document-count' }])
    const many = `[${'1,'.repeat(10_000)}1]`
    expect(findingsOf(many)).toMatchObject([{ rule: 'json-document-count' }])
  })
})

describe('what is wrong with a document', () => {
  it('is named at its place in the text, every fault of it', () => {
    const text = JSON.stringify({ ...receipt, receivedDate: '27.11.2026', location: 5 }, null, 2)
    const findings = findingsOf(text)
    expect(findings.map(({ position }) => position.path)).toEqual(['/receivedDate', '/location'])
    const [first] = findings
    expect(first?.rule).toBe('json-field')
    expect(first?.excerpt.startsWith('"27.11.2026"')).toBe(true)
    expect(text.split('\n')[(first?.position.line ?? 0) - 1]).toContain('receivedDate')
    expect(text.slice(first?.position.offset).startsWith('"27.11.2026"')).toBe(true)
  })

  it('is shown at the nearest place that is there, when a field is missing', () => {
    const { orderNumber: _orderNumber, ...line } = aLine()
    const [finding] = findingsOf(JSON.stringify({ ...receipt, lines: [line] }))
    expect(finding?.position.path).toBe('/lines/0/orderNumber')
    expect(finding?.excerpt.startsWith('{"documentLineNumber"')).toBe(true)
  })

  it.each([
    ['a text that breaks off', '{"kind": "receipt", "lines": [', 'json-syntax'],
    ['a comment', '{ /* see mail */ "kind": "receipt" }', 'json-syntax'],
    ['a comma too many', '{"kind": "receipt",}', 'json-syntax'],
    ['two documents without brackets', '{"kind":"a"} {"kind":"b"}', 'json-syntax'],
    [
      'a field given twice',
      '{"kind": "receipt", "revision": 0, "revision": 1}',
      'json-repeated-field',
    ],
    [
      'one given twice far inside',
      '{"kind":"receipt","lines":[{"item":{"gtin":"1","gtin":"2"}}]}',
      'json-repeated-field',
    ],
    ['nothing a trade document has', `${'['.repeat(65)}${']'.repeat(65)}`, 'json-too-deep'],
    ['no kind', '{"documentNumber": "GR-1"}', 'json-field'],
    ['an unknown kind', '{"kind": "letter"}', 'json-field'],
    ['a field nobody knows', JSON.stringify({ ...receipt, colour: 'red' }), 'json-field'],
    [
      'a number where a decimal is text',
      JSON.stringify({ ...receipt, lines: [{ ...aLine(), quantity: 10 }] }),
      'json-field',
    ],
  ])('%s is a finding, never an error', (_what, text, rule) => {
    const findings = findingsOf(text)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings[0]?.rule).toBe(rule)
    for (const finding of findings) expect(Finding.safeParse(finding).success).toBe(true)
  })

  it('is a tenant or supplier the connection does not deliver for', () => {
    const text = JSON.stringify(receipt)
    expect(findingsOf(text, { tenant: 'other' })).toMatchObject([
      { rule: 'json-foreign-owner', position: { path: '/tenant' } },
    ])
    expect(findingsOf(text, { supplier: 'S200' })).toMatchObject([
      { rule: 'json-foreign-owner', position: { path: '/supplier' } },
    ])
  })

  it('is found without counting lines anew for every fault of a large delivery', () => {
    const broken = {
      ...receipt,
      receivedDate: 'soon',
      lines: Array.from({ length: 60 }, () => ({})),
    }
    const findings = findingsOf(
      JSON.stringify(
        Array.from({ length: 300 }, () => broken),
        null,
        1,
      ),
    )
    expect(findings).toHaveLength(300 * 50)
    expect(findings.at(-1)?.position.line).toBeGreaterThan(20_000)
  })
})

describe('whatever text comes', () => {
  it('is answered with documents or findings, never thrown', () => {
    const text = JSON.stringify([receipt, aDocument('invoice', 'INV-1')])
    const damaged = fc
      .tuple(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 5, unit: 'binary' }))
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' }), fc.json()), (given) => {
        const read = reader.read(given, context)
        expect(read.length).toBeGreaterThan(0)
        for (const { document, findings } of read) {
          if (document === null) expect(findings[0]?.severity).toBe('error')
          else expect(TradeDocument.safeParse(document).success).toBe(true)
          for (const { position } of findings) {
            expect(position.offset).toBeLessThanOrEqual(given.length)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

function aLine() {
  if (receipt.kind !== 'receipt') throw new Error('a receipt has lines')
  const [line] = receipt.lines
  if (line === undefined) throw new Error('a receipt has lines')
  return line
}

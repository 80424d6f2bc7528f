import { decimal } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { matchRecordOf, readMatchRecord, writeMatchRecord } from './match-record.ts'
import { aMatch, priceMatching, priceTolerance } from './matches.examples.ts'

const match = aMatch({ price: '13.00' }, [priceMatching, priceTolerance('1.0.0', '2')])

describe('the record of a match', () => {
  it('is read as it was written', () => {
    expect(readMatchRecord(writeMatchRecord(match))).toEqual({ record: matchRecordOf(match) })
    expect(matchRecordOf(match)).toMatchObject({ decision: 'hold', holds: [expect.anything()] })
  })

  it('keeps everything a match looks at', () => {
    const documents = {
      ...match.documents,
      receivedAt: match.documents.now,
      supplierName: 'Calder Valve Works',
      expectedTaxAmount: decimal('24.70'),
    }
    const read = readMatchRecord(writeMatchRecord({ ...match, documents }))
    expect('record' in read ? read.record.documents : read.fault).toEqual(documents)
  })

  it.each([
    ['no JSON', '{', /^at ``: /],
    ['another document', '{"invoice":{}}', /^at `invoice\//],
    ['a field nobody knows', JSON.stringify({ a: 1 }), /^at `invoice`: /],
  ])('is none where it is %s', (_, line, fault) => {
    const read = readMatchRecord(line)
    expect('fault' in read ? read.fault : '').toMatch(fault)
  })
})

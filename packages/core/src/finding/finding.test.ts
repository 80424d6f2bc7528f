import { describe, expect, it } from 'vitest'
import { Finding, FindingPosition } from './finding.ts'

const aFinding = {
  rule: 'line-without-quantity',
  severity: 'error',
  position: { offset: 214, line: 7, column: 1, path: 'ISA[1]/GS[1]/ST[2]/PO1[3]/02' },
  excerpt: 'PO1*3**EA*12.4**BP*SKU-1~',
  sentence: 'line 3 of the order states no quantity: ask the sender to state one',
}

describe('a finding', () => {
  it.each(['error', 'warning', 'info'])('may be as grave as: %s', (severity) => {
    expect(Finding.parse({ ...aFinding, severity })).toEqual({ ...aFinding, severity })
  })

  it.each([
    ['a rule that is not a stable name', { rule: 'Line Without Quantity' }, 'rule'],
    ['a gravity nobody knows', { severity: 'fatal' }, 'severity'],
    ['more of the document than a person reads', { excerpt: 'x'.repeat(201) }, 'excerpt'],
    ['no sentence', { sentence: '' }, 'sentence'],
    ['a field of its own', { file: 'order.edi' }, ''],
  ])('never has %s', (_, change, path) => {
    const { error } = Finding.safeParse({ ...aFinding, ...change })
    expect(error?.issues.map((issue) => issue.path.join('/'))).toEqual([path])
  })
})

describe('the position of a finding', () => {
  it('counts the text from 0, and lines and columns from 1', () => {
    const start = { offset: 0, line: 1, column: 1, path: '' }
    expect(FindingPosition.parse(start)).toEqual(start)
    for (const change of [{ offset: -1 }, { line: 0 }, { column: 0 }, { line: 1.5 }]) {
      expect(FindingPosition.safeParse({ ...start, ...change }).success).toBe(false)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { decodeOpaque, encodeOpaque } from '../paging/opaque-text.ts'
import { aggregateKeyOf, aggregateNodeId, nodeId, readNodeId, readNodeIdOf } from './node-id.ts'

describe('ids', () => {
  it('say what they are of and leave the tenant out', () => {
    const id = aggregateNodeId('Order', 'ac%2Fme/0001/4711')
    expect(decodeOpaque(id)).toBe('Order:0001/4711')
    expect(aggregateKeyOf('ac/me', readNodeIdOf('Order', id))).toBe('ac%2Fme/0001/4711')
  })

  it('carry any text', () => {
    for (const key of ['command:7#1', 'a/b%2F', 'Größe 大', '🚚', ':']) {
      const id = nodeId({ type: 'Hold', key })
      expect(id).toMatch(/^[\w-]+$/)
      expect(readNodeId(id)).toEqual({ type: 'Hold', key })
    }
  })

  it('are refused when they are of something else, or none of ours', () => {
    const order = nodeId({ type: 'Order', key: '0001/4711' })
    expect(() => readNodeIdOf('Invoice', order)).toThrow('that is the id of Order')
    const foreign = [
      '',
      '4711',
      encodeOpaque('Order:'),
      encodeOpaque('User:1'),
      encodeOpaque('Order'),
    ]
    for (const id of foreign) expect(() => readNodeId(id), id).toThrow('there can be no such id')
  })

  it('are not looked at when they are too long or no text', () => {
    expect(decodeOpaque('a'.repeat(900_000))).toBeNull()
    expect(decodeOpaque('gA')).toBeNull()
  })
})

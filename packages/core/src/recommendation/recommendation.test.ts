import { describe, expect, it } from 'vitest'
import { Recommendation } from './recommendation.ts'

const advice = {
  tenant: 'acme',
  recommendationId: 'R-1',
  model: 'resolution-ranker',
  modelVersion: '2026-11',
  actionClass: 'resolve-exception',
  subject: { aggregate: 'invoice', key: 'acme/0001/S100/INV-1/standard' },
  madeAt: '2026-12-02T09:00:00Z',
  options: [{ action: 'credit-request', probability: '0.82', because: 'as in 41 of 50 like it' }],
  evidence: [{ system: 'counterfoil', type: 'exception', id: 'delivery-1#3' }],
  threshold: '0.7',
  disposition: null,
}

describe('a recommendation', () => {
  it('says what it rests on and how sure it is, in exact numbers', () => {
    expect(Recommendation.parse(advice)).toEqual(advice)
    expect(Recommendation.safeParse({ ...advice, threshold: 0.7 }).success).toBe(false)
    expect(Recommendation.safeParse({ ...advice, options: [] }).success).toBe(false)
  })

  it('keeps what became of it', () => {
    for (const disposition of ['shown', 'accepted', 'edited', 'rejected', 'auto']) {
      expect(Recommendation.safeParse({ ...advice, disposition }).success).toBe(true)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { aMilestone } from './milestone.examples.ts'
import { Milestone } from './milestone.ts'

describe('a milestone', () => {
  it('says which step, whether planned, estimated or actual, and when (R-43)', () => {
    for (const timeMeaning of ['planned', 'estimated', 'actual'] as const) {
      expect(aMilestone({ timeMeaning })).toMatchObject({ code: 'departed', timeMeaning })
    }
    expect(Milestone.safeParse({ ...aMilestone(), timeMeaning: 'hoped' }).success).toBe(false)
  })

  it('names an instant, not a day, since a dock has hours', () => {
    expect(Milestone.safeParse({ ...aMilestone(), at: '2026-11-25' }).success).toBe(false)
    expect(aMilestone({ at: '2026-11-25T18:00:00+01:00' }).at).toBe('2026-11-25T18:00:00+01:00')
  })

  it('is about a shipment by its ship notice', () => {
    const { shipNoticeNumber: _, ...nobodys } = aMilestone()
    expect(Milestone.safeParse(nobodys).success).toBe(false)
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSystemClock } from './system-clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

const never = new AbortController().signal

describe('the clock of the machine', () => {
  const clock = createSystemClock()

  it('shows the present as an instant, and does not run backwards', () => {
    const [before, after] = [clock.now(), clock.now()]
    expect(Number.isNaN(Date.parse(before))).toBe(false)
    expect(Date.parse(after)).toBeGreaterThanOrEqual(Date.parse(before))
  })

  it('does not wait for what has passed', async () => {
    await clock.waitUntil('2000-01-01T00:00:00Z', never)
  })

  it('waits until the instant has come', async () => {
    const moment = new Date(Date.now() + 20).toISOString()
    await clock.waitUntil(moment, never)
    expect(Date.parse(clock.now())).toBeGreaterThanOrEqual(Date.parse(moment))
  })

  afterEach(() => void vi.restoreAllMocks())

  it('waits no longer when it is set back meanwhile', async () => {
    const waiting = clock.waitUntil(new Date(Date.now() + 20).toISOString(), never)
    const now = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000)
    await waiting
  })

  it('stops waiting when it is called off, however far the instant is', async () => {
    const stop = new AbortController()
    const waiting = clock.waitUntil('9999-12-31T00:00:00Z', stop.signal)
    stop.abort()
    await waiting
    await clock.waitUntil('9999-12-31T00:00:00Z', stop.signal)
  })
})

describe('a virtual clock', () => {
  it('stands still until it is moved', () => {
    const clock = createVirtualClock('2026-11-25T09:00:00Z')
    expect(clock.now()).toBe('2026-11-25T09:00:00Z')
    clock.advanceHours(1.5)
    expect(Date.parse(clock.now())).toBe(Date.parse('2026-11-25T10:30:00Z'))
  })

  it('is not turned back', () => {
    const clock = createVirtualClock('2026-11-25T09:00:00Z')
    expect(() => clock.advanceTo('2026-11-25T08:59:59Z')).toThrow('it only moves on')
    clock.advanceTo('2026-11-25T10:00:00+01:00')
    expect(Date.parse(clock.now())).toBe(Date.parse('2026-11-25T09:00:00Z'))
  })

  it('wakes whoever waits for an instant once it has come, and nobody before', async () => {
    const clock = createVirtualClock('2026-11-25T09:00:00Z')
    const woken: string[] = []
    const waits = ['2026-11-25T10:00:00Z', '2026-11-25T11:00:00Z'].map((moment) =>
      clock.waitUntil(moment, never).then(() => woken.push(moment)),
    )
    clock.advanceTo('2026-11-25T10:00:00Z')
    await waits[0]
    expect(woken).toEqual(['2026-11-25T10:00:00Z'])
    clock.advanceTo('2026-11-25T12:00:00Z')
    await Promise.all(waits)
    await clock.waitUntil('2026-11-25T12:00:00Z', never)
  })
})

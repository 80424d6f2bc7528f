import { describe, expect, it } from 'vitest'
import { aRuntime, clerk, envelope } from '../scripted-runtime.examples.ts'
import { scriptedMilestone } from './scripted-order.examples.ts'

const early = scriptedMilestone({ number: 'M2', word: 'arrived', needs: 'left' })
const awaited = scriptedMilestone({ number: 'M1', word: 'left' })

describe('a message that is parked', () => {
  it('is set aside with a case when it has waited too long, and told again by a person (R-51)', async () => {
    const { runtime, clock, wordsOf } = aRuntime({ limits: { parkedHoursMax: 48 } })
    await runtime.receive({ ...envelope, document: early })
    clock.advanceHours(47)
    await runtime.tick()
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toHaveLength(1)

    clock.advanceHours(1)
    expect(await runtime.tick()).toMatchObject({ timersFired: 1 })
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toEqual([])
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    expect(letter).toMatchObject({
      sentence: 'arrived waits for left; it has waited since 2026-11-25T09:00:00Z',
      exception: { code: 'DEAD_LETTER', owner: { role: 'integration-desk' } },
      state: 'waiting',
    })

    await runtime.receive({ ...envelope, document: awaited })
    expect(await wordsOf('4711')).toEqual(['left'])
    await runtime.act({
      tenant: 'acme',
      type: 'dead-letter.redriven',
      deadLetterId: letter?.deadLetterId ?? '',
      note: 'it has left',
      actor: clerk,
      idempotencyKey: 'again',
    })
    await runtime.tick()
    expect(await wordsOf('4711')).toEqual(['left', 'arrived'])
    await runtime.close()
  })

  it('runs out of no time once what it waited for has come', async () => {
    const { runtime, clock, store, wordsOf } = aRuntime({ limits: { parkedHoursMax: 48 } })
    await runtime.receive({ ...envelope, document: early })
    expect(Date.parse((await store.nextDueAt()) ?? '')).toBe(Date.parse('2026-11-27T09:00:00Z'))
    await runtime.receive({ ...envelope, document: awaited })
    expect(await store.nextDueAt()).toBeNull()
    clock.advanceHours(100)
    expect(await runtime.tick()).toMatchObject({ timersFired: 0 })
    expect(await wordsOf('4711')).toEqual(['left', 'arrived'])
    await runtime.close()
  })

  it('keeps its first time when it is parked again', async () => {
    const { runtime, clock, store, say } = aRuntime({ limits: { parkedHoursMax: 48 } })
    await runtime.receive({ ...envelope, document: early })
    clock.advanceHours(24)
    await say('other', { word: 'other' })
    expect(Date.parse((await store.nextDueAt()) ?? '')).toBe(Date.parse('2026-11-27T09:00:00Z'))
    await runtime.close()
  })

  it('waits for thirty days where nothing else is said', async () => {
    const { runtime, store } = aRuntime()
    await runtime.receive({ ...envelope, document: early })
    expect(Date.parse((await store.nextDueAt()) ?? '')).toBe(Date.parse('2026-12-25T09:00:00Z'))
    await runtime.close()
  })
})

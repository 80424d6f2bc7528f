import { describe, expect, it } from 'vitest'
import { order, stateOf } from '../conformance/records.ts'
import { createRecentStates, type RecentState } from './recent-states.ts'

describe('recent states', () => {
  const kept = (characters: number, mark = 'x'): RecentState => ({
    mark,
    state: stateOf(order('1'), characters),
    characters,
  })

  it('are given as they were kept, with their mark', () => {
    const recent = createRecentStates(100)
    const one = kept(40)
    recent.keep('a', one)
    expect(recent.find('a')).toBe(one)
    expect(recent.find('b')).toBeUndefined()
  })

  it('make room by letting go of the one not asked for longest', () => {
    const recent = createRecentStates(100)
    for (const key of ['a', 'b']) recent.keep(key, kept(40))
    recent.find('a')
    recent.keep('c', kept(40))
    expect(recent.find('b')).toBeUndefined()
    expect([recent.find('a'), recent.find('c')]).toEqual([kept(40), kept(40)])
  })

  it('count a state that is kept anew once, and do not keep one longer than all of them may be', () => {
    const recent = createRecentStates(100)
    recent.keep('a', kept(60))
    recent.keep('a', kept(60, 'y'))
    recent.keep('b', kept(40))
    expect(recent.find('a')).toEqual(kept(60, 'y'))
    recent.keep('b', kept(101))
    expect(recent.find('b')).toBeUndefined()
    recent.keep('c', kept(40))
    expect([recent.find('a'), recent.find('c')]).toEqual([kept(60, 'y'), kept(40)])
  })

  it('are gone after they were cleared, and take the whole allowance again', () => {
    const recent = createRecentStates(100)
    recent.keep('a', kept(100))
    recent.clear()
    expect(recent.find('a')).toBeUndefined()
    recent.keep('b', kept(100))
    expect(recent.find('b')).toEqual(kept(100))
  })
})

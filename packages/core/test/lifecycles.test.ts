import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lifecyclePages, lifecycles } from '../scripts/lifecycle-diagrams.ts'
import { stateMeanings } from '../scripts/state-meanings.ts'
import { declaredIn } from '../src/lifecycle/walk-lifecycle.examples.ts'

const folder = fileURLToPath(new URL('../../../docs/lifecycles/', import.meta.url))

describe('the drawings of the lifecycles', () => {
  const pages = lifecyclePages()

  it('are one page for each lifecycle, and a list of them (R-08, R-26)', () => {
    expect(readdirSync(folder).toSorted()).toEqual([...pages.keys()].toSorted())
    expect(Object.keys(lifecycles)).toHaveLength(11)
  })

  it.each([...pages])('%s is what the machines say today', (file, text) => {
    expect(readFileSync(folder + file, 'utf8')).toBe(text)
  })

  it('name every state and draw every way from one state to another', () => {
    const hold = pages.get('hold.md') ?? ''
    expect(hold).toContain('state "under-review" as under_review')
    expect(hold).toContain('placed --> released : hold.released [releasable by person]')
    expect(hold).toContain('released --> [*]')
    const schedule = pages.get('schedule.md') ?? ''
    expect(schedule).toContain(
      'acknowledgment_confirmed --> acknowledgment_awaiting_acknowledgment',
    )
  })

  it.each(Object.entries(lifecycles))(
    'say what each state of %s means, and no other',
    (name, one) => {
      const { machine } = one
      const regions = new Set(
        machine.root.type === 'parallel' ? Object.keys(machine.root.states) : [],
      )
      const states = [...declaredIn(machine).states].filter((state) => !regions.has(state))
      expect(new Set(Object.keys(stateMeanings[name] ?? {}))).toEqual(new Set(states))
    },
  )
})

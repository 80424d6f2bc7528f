import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { instant } from '@counterfoil/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aRule, aRuleSet, onOverShipment } from '../rule-set/rule-set.examples.ts'
import { releaseVersion } from './change-registry.ts'
import { loadRuleSetFolder } from './load-rule-set-folder.ts'
import { openRuleSetRegistry } from './open-rule-set-registry.ts'
import { readRegistry } from './read-registry.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calendars-'))
  saveCalendar(['2026-12-25'])
  save('receiving-tolerance/1.0.0/ruleset.json', {
    ...aRuleSet({ rules: [aRule({ conditions: onOverShipment })] }),
    calendar: 'oslo-2026',
  })
  save('receiving-tolerance/1.0.0/cases.json', [
    {
      name: 'over',
      facts: { discrepancy: { kind: 'over-shipment' } },
      expect: {
        outcome: { tolerance: { upper: { pct: '5' } } },
        firedRules: ['over-within-5-percent'],
      },
    },
    { name: 'nothing', facts: {}, expect: { outcome: 'nothing fires', firedRules: [] } },
  ])
})
afterEach(() => rmSync(folder, { recursive: true }))

const save = (file: string, value: unknown): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  writeFileSync(join(folder, file), text)
}

const saveCalendar = (holidays: readonly string[]): void =>
  save('calendars/oslo.json', {
    id: 'oslo-2026',
    timeZone: 'Europe/Oslo',
    workingDays: [1, 2, 3, 4, 5],
    opens: '07:00',
    closes: '16:00',
    holidays,
  })

const release = () =>
  releaseVersion({
    folder,
    bases: [],
    id: 'receiving-tolerance',
    version: '1.0.0',
    by: 'bob',
    writtenBy: 'ann',
    approvedBy: null,
    because: 'the desk asked',
    at: instant('2026-11-27T08:00:00Z'),
  })

describe('the calendars of a folder of rule sets', () => {
  it('are read beside the rule sets that name them', () => {
    expect(loadRuleSetFolder(folder).map(({ calendar }) => calendar?.holidays)).toEqual([
      ['2026-12-25'],
    ])
  })

  it('are told with their place where they are none', () => {
    save('calendars/broken.json', { id: 'b', workingDays: [9] })
    const [problem] = readRegistry(folder).problems
    expect(problem?.file).toBe('calendars/broken.json')
    expect(() => loadRuleSetFolder(folder)).toThrow(/calendars\/broken\.json/)
  })

  it('never change under what was released: a holiday added is a calendar of its own', () => {
    expect(release().outcome).toBe('done')
    const registry = openRuleSetRegistry(folder)
    saveCalendar(['2026-12-25', '2026-12-28'])
    const { outcome, problems } = registry.reload()
    expect(outcome).toBe('kept')
    expect(problems[0]?.sentence).toMatch(/it, or its calendar, was changed since/)
    saveCalendar(['2026-12-25'])
    expect(registry.reload().outcome).toBe('unchanged')
  })
})

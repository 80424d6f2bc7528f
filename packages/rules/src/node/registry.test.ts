import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AuditEntry, CalendarDate, instant, verifyAuditChain } from '@counterfoil/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { recordDraft, releaseVersion, rollBackVersion } from './change-registry.ts'
import { openRuleSetRegistry, type RegistryReload } from './open-rule-set-registry.ts'
import { inForceOf, readRegistry } from './read-registry.ts'
import type { RegistryAsk } from './registry-ask.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const id = 'receiving-tolerance'
const conditions = {
  all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'over-shipment' }],
}
const over = { discrepancy: { kind: 'over-shipment' } }

/** A version that lets so many percent pass, with its cases. */
const write = (
  folder: string,
  version: string,
  pct: string,
  effectiveFrom = '2026-01-01',
  envelope: ExampleJson = {},
) => {
  const event = aToleranceEvent({ upper: { abs: null, pct } })
  const ruleSet = aRuleSet({
    version,
    effectiveFrom,
    rules: [aRule({ conditions, event })],
    ...envelope,
  })
  const expectOver = {
    outcome: { tolerance: { upper: { pct } } },
    firedRules: ['over-within-5-percent'],
  }
  const cases = [
    { name: 'over', facts: over, expect: expectOver },
    { name: 'nothing', facts: {}, expect: { outcome: 'nothing fires', firedRules: [] } },
  ]
  save(folder, `${id}/${version}/ruleset.json`, JSON.stringify(ruleSet))
  save(folder, `${id}/${version}/cases.json`, JSON.stringify(cases))
}

const save = (folder: string, file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

/** An empty folder with a first version, which is released. */
const aRegistry = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'))
  folders.push(folder)
  write(folder, '1.0.0', '5')
  release(folder, '1.0.0')
  return folder
}

const ask = (folder: string, by = 'bob'): RegistryAsk => ({
  folder,
  bases: [],
  id,
  by,
  because: 'the desk asked',
  at: instant('2026-11-27T08:00:00Z'),
})

const release = (folder: string, version: string, writtenBy: string | null = 'ann') =>
  releaseVersion({ ...ask(folder), version, approvedBy: null, writtenBy })

/** Another set beside the first, with its cases. */
const writeOther = (folder: string, envelope: ExampleJson) => {
  const event = aToleranceEvent({ combine: 'both' })
  const ruleSet = { ...aRuleSet({ rules: [aRule({ conditions, event })] }), ...envelope }
  const cases = readFileSync(join(folder, id, '1.0.0/cases.json'), 'utf8')
  save(folder, 'other-tolerance/1.0.0/ruleset.json', JSON.stringify(ruleSet))
  save(folder, 'other-tolerance/1.0.0/cases.json', cases)
}
const other = { id: 'other-tolerance', version: '1.0.0', effectiveFrom: '2026-01-01' }
const releaseOther = (folder: string, more: Partial<RegistryAsk> = {}) =>
  releaseVersion({
    ...ask(folder),
    ...more,
    id: 'other-tolerance',
    version: '1.0.0',
    approvedBy: null,
    writtenBy: 'ann',
  })

const day = (text: string) => CalendarDate.parse(text)
const percentOn = (registry: ReturnType<typeof openRuleSetRegistry>, date = '2026-12-01') =>
  registry.source.pick({ tenant: 'acme' }, day(date)).tolerance(over).value.upper.pct

const auditOf = (folder: string): readonly AuditEntry[] =>
  readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => AuditEntry.parse(JSON.parse(line)))

/** Leaves the rules, and nothing of what was released. */
const forget = (folder: string): void => {
  for (const file of ['released.json', 'in-force.json', 'audit.jsonl', 'audit-heads.json']) {
    rmSync(join(folder, file))
  }
}

const standings = (folder: string) =>
  readRegistry(folder).versions.map(({ version, standing }) => `${version} ${standing}`)

describe('a registry of rule sets', () => {
  it('decides by the released versions alone, the one of the business date', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3', '2026-06-01')
    write(folder, '1.2.0', '1')
    release(folder, '1.1.0')
    const registry = openRuleSetRegistry(folder)
    expect([percentOn(registry), percentOn(registry, '2026-05-31')]).toEqual(['3', '5'])
    expect(standings(folder)).toEqual(['1.0.0 in-force', '1.1.0 in-force', '1.2.0 draft'])
  })

  it('takes the last version back without deleting it, and releases it again', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    release(folder, '1.1.0')
    expect(rollBackVersion(ask(folder))).toEqual({
      outcome: 'done',
      versions: ['1.1.0'],
      from: `${id}@1.1.0`,
      to: `${id}@1.0.0`,
      finished: [],
    })
    expect(standings(folder)).toEqual(['1.0.0 in-force', '1.1.0 withdrawn'])
    expect(release(folder, '1.1.0').outcome).toBe('done')
    expect(standings(folder)).toEqual(['1.0.0 in-force', '1.1.0 in-force'])
  })

  it('keeps in one chain who wrote, released and took back what, when and why', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    recordDraft({ ...ask(folder, 'ann'), version: '1.1.0' })
    releaseVersion({ ...ask(folder, 'ann'), version: '1.1.0', approvedBy: 'bob', writtenBy: null })
    rollBackVersion(ask(folder))
    const entries = auditOf(folder)
    expect(verifyAuditChain(entries)).toBeNull()
    expect(entries.map(({ event, actor, to }) => [event, actor.id, to])).toEqual([
      ['rule-set.drafted', 'ann', null],
      ['rule-set.released', 'bob', `${id}@1.0.0`],
      ['rule-set.drafted', 'ann', `${id}@1.0.0`],
      ['rule-set.release-approved', 'bob', `${id}@1.0.0`],
      ['rule-set.released', 'ann', `${id}@1.1.0`],
      ['rule-set.rolled-back', 'bob', `${id}@1.0.0`],
    ])
    expect(entries.at(-1)).toMatchObject({
      at: '2026-11-27T08:00:00Z',
      reason: 'the desk asked',
      policy: [{ ruleSet: id, version: '1.1.0' }],
    })
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    ['nobody is known to have written it', () => {}, /nobody is known to have written it/],
    [
      'a case fails',
      (folder) =>
        save(
          folder,
          `${id}/1.1.0/cases.json`,
          readFileSync(join(folder, id, '1.0.0/cases.json'), 'utf8'),
        ),
      /expected "5", and it is "3"/,
    ],
    [
      'a rule has no case',
      (folder) => rmSync(join(folder, id, '1.1.0/cases.json')),
      /no case shows/,
    ],
    [
      'it cannot be loaded',
      (folder) => save(folder, `${id}/1.1.0/ruleset.json`, '{'),
      /the file is not JSON/,
    ],
  ])('refuses a version where %s, and changes nothing', (_, spoil, reason) => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    spoil(folder)
    const answer = release(folder, '1.1.0', null)
    expect(answer.outcome === 'refused' ? answer.reasons.join('; ') : '').toMatch(reason)
    expect(standings(folder)).toEqual(['1.0.0 in-force', '1.1.0 draft'])
    expect(auditOf(folder)).toHaveLength(2)
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    ['a released file was changed', (folder) => write(folder, '1.0.0', '9'), /was changed since/],
    [
      'a released folder is gone',
      (folder) => rmSync(join(folder, id), { recursive: true }),
      /its folder is gone/,
    ],
    [
      'the pointer was moved by hand',
      (folder) => save(folder, 'in-force.json', JSON.stringify({ [id]: [] })),
      /the audit says receiving-tolerance@1.0.0/,
    ],
    [
      'an audit entry was changed',
      (folder) =>
        save(
          folder,
          'audit.jsonl',
          readFileSync(join(folder, 'audit.jsonl'), 'utf8').replace('the desk asked', 'nobody'),
        ),
      /was changed after it was written/,
    ],
    [
      'the audit holds something else',
      (folder) => appendFileSync(join(folder, 'audit.jsonl'), '{}\n'),
      /line 3 is not an audit entry/,
    ],
  ])('trusts nothing where %s', (_, tamper, sentence) => {
    const folder = aRegistry()
    tamper(folder)
    expect(() => openRuleSetRegistry(folder)).toThrow(sentence)
    expect(() => release(folder, '1.0.0')).toThrow(sentence)
  })

  it('releases nothing that stands on a draft', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    writeOther(folder, { ...other, extends: `${id}@1.1.0` })
    expect(releaseOther(folder)).toEqual({
      outcome: 'refused',
      reasons: ['it extends `receiving-tolerance@1.1.0`, a draft: release that first'],
      finished: [],
    })
    release(folder, '1.1.0')
    expect(releaseOther(folder)).toMatchObject({ outcome: 'done' })
    rollBackVersion(ask(folder))
    expect(readRegistry(folder).problems).toEqual([])
  })

  it('takes nothing back that leaves sets in force which contradict each other', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3', '2026-01-01', { priority: 2 })
    release(folder, '1.1.0')
    writeOther(folder, other)
    expect(releaseOther(folder)).toMatchObject({ outcome: 'done' })
    const answer = rollBackVersion(ask(folder))
    expect(answer.outcome === 'refused' ? answer.reasons.join() : '').toMatch(/may both fire/)
    expect(standings(folder)).toContain('1.1.0 in-force')
    openRuleSetRegistry(folder)
  })

  it('goes back to an older version at once, in one entry that names all that are taken back', () => {
    const folder = aRegistry()
    for (const [version, pct] of [
      ['1.1.0', '4'],
      ['1.2.0', '3'],
    ] as const) {
      write(folder, version, pct)
      release(folder, version)
    }
    expect(rollBackVersion({ ...ask(folder), to: '1.0.0' })).toMatchObject({
      outcome: 'done',
      versions: ['1.2.0', '1.1.0'],
      to: `${id}@1.0.0`,
    })
    expect(standings(folder)).toEqual(['1.0.0 in-force', '1.1.0 withdrawn', '1.2.0 withdrawn'])
    expect(
      auditOf(folder)
        .at(-1)
        ?.policy.map(({ version }) => version),
    ).toEqual(['1.2.0', '1.1.0'])
    expect(readRegistry(folder)).toMatchObject({ problems: [], unfinished: [] })
    expect(percentOn(openRuleSetRegistry(folder))).toBe('5')
    release(folder, '1.1.0')
    expect(percentOn(openRuleSetRegistry(folder))).toBe('4')
  })

  it('goes back to no version under which sets in force contradict each other', () => {
    const folder = aRegistry()
    for (const version of ['1.1.0', '1.2.0']) {
      write(folder, version, '3', '2026-01-01', { priority: 2 })
      release(folder, version)
    }
    writeOther(folder, other)
    expect(releaseOther(folder)).toMatchObject({ outcome: 'done' })
    const answer = rollBackVersion({ ...ask(folder), to: '1.0.0' })
    expect(answer.outcome === 'refused' ? answer.reasons.join() : '').toMatch(/may both fire/)
    expect(standings(folder)).toContain('1.2.0 in-force')
    expect(rollBackVersion({ ...ask(folder), to: '1.1.0' })).toMatchObject({ outcome: 'done' })
  })

  it.each<[string, Partial<RegistryAsk>, RegExp]>([
    ['a reason of two lines', { because: 'a\nb' }, /`a\\u\{a\}b` as the reason: write it in one/],
    ['a reason that turns the print', { because: 'a\u202Eb' }, /as the reason: write it in one/],
    ['a reason the audit cannot hold', { because: 'a'.repeat(2001) }, /as the reason: /],
    ['no reason', { because: ' ' }, /as the reason: it is blank/],
    ['a name of two lines', { by: 'bob\u2028ann' }, /`bob\\u\{2028\}ann` as a name/],
    ['nobody', { by: '' }, /as a name: it is blank/],
    ['a name the audit cannot hold', { by: 'b'.repeat(121) }, /as a name: /],
    ['a set that is none', { id: '../elsewhere' }, /as the rule set: not a rule-set name/],
    [
      'a set named as what every object has',
      { id: '__proto__' },
      /as the rule set: not a rule-set name/,
    ],
  ])('takes %s for no change, and writes nothing', (_, wrong, sentence) => {
    const folder = aRegistry()
    const before = readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    const asked = { ...ask(folder), ...wrong, version: '1.0.0' }
    expect(() => recordDraft(asked)).toThrow(sentence)
    expect(() => releaseVersion({ ...asked, approvedBy: null, writtenBy: null })).toThrow(sentence)
    expect(() => rollBackVersion(asked)).toThrow(sentence)
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toBe(before)
  })

  it('takes a second person or an author of two lines for no change', () => {
    const folder = aRegistry()
    const asked = { ...ask(folder), version: '1.0.0', approvedBy: null, writtenBy: null }
    for (const wrong of [{ approvedBy: 'carol\ndave' }, { writtenBy: 'ann\rbob' }]) {
      expect(() => releaseVersion({ ...asked, ...wrong })).toThrow(
        /as a name: write it in one line/,
      )
    }
  })

  it('releases and opens sets that look at fetched facts, and decides once they are there', () => {
    const folder = aRegistry()
    const fetched = { rating: { value: z.object({ grade: z.string() }), params: z.object({}) } }
    const isGradeA = { fact: 'rating', params: {}, path: '$.grade', operator: 'equal', value: 'A' }
    const graded = { all: [...conditions.all, isGradeA] }
    const rules = [aRule({ name: 'graded', conditions: graded, priority: 2 })]
    writeOther(folder, { ...other, rules })
    const facts = { 'rating({})': { grade: 'A' } }
    const fired = { outcome: { tolerance: { upper: { pct: '5' } } }, firedRules: ['graded'] }
    const cases = [
      { name: 'graded', facts: { ...over, ...facts }, expect: fired },
      {
        name: 'nothing',
        facts: { 'rating({})': { grade: 'B' } },
        expect: { outcome: 'nothing fires', firedRules: [] },
      },
    ]
    save(folder, 'other-tolerance/1.0.0/cases.json', JSON.stringify(cases))
    expect(releaseOther(folder, { fetched })).toMatchObject({ outcome: 'done' })
    const policyOf = (registry: ReturnType<typeof openRuleSetRegistry>) =>
      registry.source.pick({ tenant: 'acme' }, day('2026-12-01'))
    const withFacts = openRuleSetRegistry(folder, { fetched, facts })
    expect(policyOf(withFacts).tolerance(over).decision.firedRules).toEqual(['graded'])
    const without = openRuleSetRegistry(folder, { fetched })
    expect(() => policyOf(without)).toThrow(/without the fact `rating/)
  })

  it('trusts no version that extends a set which was changed since', () => {
    const folder = aRegistry()
    const baseOf = (pct: string) => {
      const event = aToleranceEvent({ upper: { abs: null, pct } })
      const rules = [aRule({ conditions, event })]
      return aLoadedRuleSet({ id: 'house', effectiveFrom: '2026-01-01', rules })
    }
    const asReleased = [baseOf('5')]
    writeOther(folder, { ...other, scope: { supplier: 'S1' }, extends: 'house@1.0.0' })
    expect(releaseOther(folder, { bases: asReleased })).toMatchObject({ outcome: 'done' })
    expect(readRegistry(folder, { bases: asReleased }).problems).toEqual([])
    expect(readRegistry(folder, { bases: [baseOf('50')] }).problems).toMatchObject([
      { sentence: expect.stringMatching(/it or what it extends was changed since/) },
    ])
  })

  const beside = (envelope: ExampleJson = {}) => {
    const rules = [aRule({ conditions, event: aToleranceEvent({ combine: 'both' }) })]
    return aLoadedRuleSet({ id: 'beside', effectiveFrom: '2026-01-01', rules, ...envelope })
  }

  it('never puts a set beside it out of force for one that says otherwise: that is refused', () => {
    const folder = aRegistry()
    rollBackVersion(ask(folder))
    const alongside = [beside()]
    const registry = openRuleSetRegistry(folder, { alongside })
    const again = () =>
      releaseVersion({
        ...ask(folder),
        alongside,
        version: '1.0.0',
        approvedBy: null,
        writtenBy: 'ann',
      })
    const both =
      /`over-within-5-percent` and `over-within-5-percent` of `beside@1\.0\.0` may both fire/
    expect(again()).toMatchObject({ outcome: 'refused', reasons: [expect.stringMatching(both)] })
    // Released where nobody knew of the set beside it.
    expect(release(folder, '1.0.0')).toMatchObject({ outcome: 'done' })
    expect(registry.reload()).toMatchObject({
      outcome: 'kept',
      problems: [{ sentence: expect.stringMatching(both) }],
    })
    expect(registry.source.pick({ tenant: 'acme' }, day('2026-12-01')).references).toMatchObject([
      { ruleSet: 'beside' },
    ])
    expect(() => openRuleSetRegistry(folder, { alongside })).toThrow(both)
  })

  it('takes the place of a set beside it by its name from its first day on, for those it is for', () => {
    const folder = aRegistry()
    const older = beside({ id, version: '0.9.0' })
    const decidesFor = (alongside: readonly LoadedRuleSet[], date: string) =>
      openRuleSetRegistry(folder, { alongside })
        .source.pick({ tenant: 'acme' }, day(date))
        .references.map(({ version }) => version)
    expect(decidesFor([older], '2026-12-01')).toEqual(['1.0.0'])
    const later = beside({ id, version: '2.0.0', effectiveFrom: '2027-01-01' })
    expect(decidesFor([later], '2026-12-01')).toEqual(['1.0.0'])
    expect(decidesFor([later], '2027-01-01')).toEqual(['2.0.0'])
    // The same version here and there is one.
    expect(decidesFor(inForceOf(readRegistry(folder)), '2026-12-01')).toEqual(['1.0.0'])
  })

  it('holds no version of the name and number of another with other content', () => {
    const folder = aRegistry()
    const namesake = beside({ id, version: '1.0.0' })
    const bases = [namesake]
    expect(readRegistry(folder, { bases }).problems).toMatchObject([
      {
        file: `${id}/1.0.0/ruleset.json`,
        pointer: '/version',
        sentence: `\`${id}@1.0.0\` is a set this folder builds on, with other content: give yours a later version, or a name of its own`,
      },
    ])
    expect(() => openRuleSetRegistry(folder, { bases })).toThrow(/with other content/)
    expect(() => openRuleSetRegistry(folder, { alongside: bases })).toThrow(/different content/)
    expect(readRegistry(folder, { bases: inForceOf(readRegistry(folder)) }).problems).toEqual([])
    write(folder, '1.1.0', '3')
    const asked = { ...ask(folder), bases: [beside({ id, version: '1.1.0' })], version: '1.1.0' }
    expect(releaseVersion({ ...asked, approvedBy: null, writtenBy: 'ann' })).toMatchObject({
      outcome: 'refused',
      reasons: [expect.stringMatching(/with other content/)],
    })
  })

  /** Two versions released and the second taken back. */
  const rolledBack = (): string => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    release(folder, '1.1.0')
    rollBackVersion(ask(folder))
    expect(readRegistry(folder)).toMatchObject({ problems: [], unfinished: [] })
    return folder
  }
  const text = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8')
  const cutAudit = (folder: string) =>
    save(folder, 'audit.jsonl', text(folder, 'audit.jsonl').replace(/[^\n]*\n$/, ''))

  it.each<[string, (folder: string) => void, RegExp]>([
    ['the pointer is gone', (folder) => rmSync(join(folder, 'in-force.json')), /file is gone/],
    ['the hashes are gone', (folder) => rmSync(join(folder, 'released.json')), /file is gone/],
    ['the audit is gone', (folder) => rmSync(join(folder, 'audit.jsonl')), /lacks its last/],
    ['the heads are gone', (folder) => rmSync(join(folder, 'audit-heads.json')), /last hash/],
    ['the audit is cut off', cutAudit, /lacks its last entries/],
    [
      'the audit is cut off and its heads with it',
      (folder) => {
        cutAudit(folder)
        rmSync(join(folder, 'audit-heads.json'))
      },
      /so that a cut off audit would not show/,
    ],
    [
      'the pointer names more, and ends alike',
      (folder) => save(folder, 'in-force.json', JSON.stringify({ [id]: ['1.1.0', '1.0.0'] })),
      /in force of .* the audit says receiving-tolerance@1.0.0/,
    ],
    [
      'the pointer lacks a set',
      (folder) => save(folder, 'in-force.json', '{}'),
      /is none, and the/,
    ],
    [
      'a version was changed together with its hash',
      (folder) => {
        const file = `${id}/1.0.0/cases.json`
        save(folder, file, `${text(folder, file)} `)
        const { versions } = readRegistry(folder)
        const hashes = versions.map((one) => [`${id}@${one.version}`, one.folderHash])
        save(folder, 'released.json', JSON.stringify(Object.fromEntries(hashes)))
      },
      /does not stand there as the audit says/,
    ],
    [
      'a version is called released that never was',
      (folder) => {
        const released = JSON.parse(text(folder, 'released.json'))
        const more = { ...released, [`${id}@2.0.0`]: 'a'.repeat(64) }
        save(folder, 'released.json', JSON.stringify(more))
      },
      /was never released/,
    ],
  ])('says so where %s', (_, tamper, sentence) => {
    const folder = rolledBack()
    tamper(folder)
    expect(() => openRuleSetRegistry(folder)).toThrow(/cannot use the rule sets/)
    const sentences = readRegistry(folder).problems.map((one) => one.sentence)
    expect(sentences.join('; ')).toMatch(sentence)
    expect(() => release(folder, '1.1.0')).toThrow(/cannot use the rule sets/)
  })

  const derived = ['released.json', 'in-force.json', 'audit-heads.json']
  it.each([0, 1, 2, 3])(
    'decides by the audit where a change broke off after %i files, and finishes it at the next',
    (written) => {
      const folder = aRegistry()
      const before = derived.map((file) => [file, text(folder, file)] as const)
      write(folder, '1.1.0', '3')
      release(folder, '1.1.0')
      const after = derived.map((file) => text(folder, file))
      for (const [file, content] of before.slice(written)) save(folder, file, content)
      expect(percentOn(openRuleSetRegistry(folder))).toBe('3')
      expect(readRegistry(folder).unfinished.length > 0).toBe(written < 3)
      expect(release(folder, '1.1.0')).toMatchObject({ outcome: 'refused' })
      expect(derived.map((file) => text(folder, file))).toEqual(after)
      expect(readRegistry(folder)).toMatchObject({ problems: [], unfinished: [] })
    },
  )

  it('decides by the audit of a first release that broke off', () => {
    const folder = aRegistry()
    for (const file of derived) rmSync(join(folder, file))
    expect(percentOn(openRuleSetRegistry(folder))).toBe('5')
    expect(release(folder, '1.0.0')).toMatchObject({ outcome: 'refused' })
    expect(readRegistry(folder)).toMatchObject({ problems: [], unfinished: [] })
    expect(JSON.parse(text(folder, 'in-force.json'))).toEqual({ [id]: ['1.0.0'] })
  })

  it('cuts off a last line of the audit that was never written to its end, and says so', () => {
    const folder = aRegistry()
    const whole = text(folder, 'audit.jsonl')
    appendFileSync(join(folder, 'audit.jsonl'), '{"at":"2026-11-27T08:00:00Z","act')
    expect(percentOn(openRuleSetRegistry(folder))).toBe('5')
    expect(readRegistry(folder).unfinished).toMatchObject([
      { file: 'audit.jsonl', sentence: expect.stringMatching(/line 3 was not written to its end/) },
    ])
    write(folder, '1.1.0', '3')
    expect(release(folder, '1.1.0')).toMatchObject({ outcome: 'done' })
    expect(text(folder, 'audit.jsonl').startsWith(whole)).toBe(true)
    expect(auditOf(folder)).toHaveLength(4)
    expect(readRegistry(folder)).toMatchObject({ problems: [], unfinished: [] })
  })

  it('reads the clock while nobody else can change the folder', () => {
    const folder = aRegistry()
    const at = () => {
      expect(JSON.parse(text(folder, '.changing'))).toMatchObject({ pid: process.pid })
      return instant('2026-11-28T08:00:00Z')
    }
    rollBackVersion({ ...ask(folder), at })
    expect(auditOf(folder).at(-1)?.at).toBe('2026-11-28T08:00:00Z')
  })

  it('follows the folder at a reload, while a policy once picked stays what it was', () => {
    const folder = aRegistry()
    const registry = openRuleSetRegistry(folder)
    const picked = registry.source.pick({ tenant: 'acme' }, day('2026-12-01'))
    write(folder, '1.1.0', '3')
    expect(registry.reload()).toEqual({ outcome: 'unchanged', problems: [] })
    release(folder, '1.1.0')
    expect(percentOn(registry)).toBe('5')
    expect(registry.reload().outcome).toBe('changed')
    expect(percentOn(registry)).toBe('3')
    expect(picked.tolerance(over).value.upper.pct).toBe('5')
  })

  it('exchanges versions between two decisions, never within one', () => {
    const folder = aRegistry()
    write(folder, '1.1.0', '3')
    const batch = 20
    const registry = openRuleSetRegistry(folder)
    const decided = Array.from({ length: batch }, (_, number) => {
      const policy = registry.source.pick({ tenant: 'acme' }, day('2026-12-01'))
      const first = policy.tolerance(over)
      // In the middle of the batch, and of a decision that asks twice, another version is put in force.
      if (number === batch / 2) {
        release(folder, '1.1.0')
        expect(registry.reload().outcome).toBe('changed')
      }
      return [policy.references, first, policy.tolerance(over)] as const
    })
    const versions = decided.map(([references, first, again]) => {
      expect(again).toEqual(first)
      expect(first.decision.reference).toEqual(references[0])
      return `${first.decision.reference.version} ${first.value.upper.pct}`
    })
    expect(versions.slice(0, batch / 2 + 1)).toEqual(Array(batch / 2 + 1).fill('1.0.0 5'))
    expect(versions.slice(batch / 2 + 1)).toEqual(Array(batch / 2 - 1).fill('1.1.0 3'))
  })

  it('keeps what was in force when the folder cannot be used, and says why', () => {
    const folder = aRegistry()
    const registry = openRuleSetRegistry(folder)
    write(folder, '1.0.0', '9')
    const { outcome, problems } = registry.reload()
    expect(outcome).toBe('kept')
    expect(problems[0]?.sentence).toMatch(/was changed since/)
    expect(percentOn(registry)).toBe('5')
  })

  it('looks by itself when it is told to watch', async () => {
    const folder = aRegistry()
    const reloaded = Promise.withResolvers<RegistryReload>()
    const registry = openRuleSetRegistry(folder, {
      watch: true,
      stillMilliseconds: 20,
      onReload: (reload) => {
        if (reload.outcome === 'changed') reloaded.resolve(reload)
      },
    })
    write(folder, '1.1.0', '3')
    release(folder, '1.1.0')
    await reloaded.promise
    expect(percentOn(registry)).toBe('3')
    registry.close()
  })

  it('is not opened where the folder is not there', () => {
    const folder = aRegistry()
    expect(() => openRuleSetRegistry(`${folder}-elsewhere`)).toThrow(/cannot find the folder/)
  })

  it.each<[string, (folder: string) => void]>([
    ['is gone', (folder) => rmSync(folder, { recursive: true })],
    ['lost what was released', (folder) => forget(folder)],
  ])('keeps what was in force when the folder %s', (_, lose) => {
    const folder = aRegistry()
    const registry = openRuleSetRegistry(folder)
    lose(folder)
    expect(registry.reload().outcome).toBe('kept')
    expect(percentOn(registry)).toBe('5')
    mkdirSync(folder, { recursive: true })
  })

  it('keeps what was in force when a watched folder is moved away, and follows it when it is back', async () => {
    const folder = aRegistry()
    const outcomes: RegistryReload['outcome'][] = []
    const registry = openRuleSetRegistry(folder, {
      watch: true,
      stillMilliseconds: 20,
      onReload: ({ outcome }) => outcomes.push(outcome),
    })
    const told = (outcome: RegistryReload['outcome']) =>
      vi.waitFor(() => expect(outcomes).toContain(outcome), { timeout: 10_000 })
    renameSync(folder, `${folder}-away`)
    await told('kept')
    expect(percentOn(registry)).toBe('5')
    renameSync(`${folder}-away`, folder)
    await told('unchanged')
    write(folder, '1.1.0', '3')
    release(folder, '1.1.0')
    await told('changed')
    expect(percentOn(registry)).toBe('3')
    registry.close()
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import { afterEach, describe, expect, it } from 'vitest'
import { aLoadedRuleSet, aRuleSet } from '../rule-set/rule-set.examples.ts'
import { loadRuleSetFolder } from './load-rule-set-folder.ts'

const folders: string[] = []

/** A folder with these files, removed after the test. */
const aFolder = (files: Readonly<Record<string, unknown>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'rule-sets-'))
  folders.push(folder)
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(
      join(folder, file),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const errorOf = (folder: string): CounterfoilError => {
  try {
    loadRuleSetFolder(folder)
  } catch (error) {
    if (CounterfoilError.is(error)) return error
  }
  throw new Error('the folder was loaded')
}

const names = (folder: string, bases: readonly ReturnType<typeof aLoadedRuleSet>[] = []) =>
  loadRuleSetFolder(folder, { bases }).map(({ ruleSet }) => `${ruleSet.id}@${ruleSet.version}`)

const child = aRuleSet({ id: 'a-child', extends: 'receiving-tolerance@1.0.0', rules: [] })

describe('a folder of rule sets', () => {
  it('holds each version in its own folder, or files lying in it', () => {
    const folder = aFolder({
      'receiving-tolerance/1.0.0/ruleset.json': aRuleSet(),
      'receiving-tolerance/1.0.0/cases.json': [],
      'receiving-tolerance/1.1.0/ruleset.json': aRuleSet({ version: '1.1.0' }),
      'late.json': aRuleSet({ id: 'late' }),
      'released.json': {},
      'README.md': '# not a rule set',
    })
    expect(names(folder)).toEqual([
      'late@1.0.0',
      'receiving-tolerance@1.0.0',
      'receiving-tolerance@1.1.0',
    ])
  })

  it('is refused where a limit is given twice, of which only the last would hold', () => {
    const text = JSON.stringify(aRuleSet()).replace('"pct":"5"', '"pct":"5","pct":"95"')
    expect(errorOf(aFolder({ 'twice.json': text })).message).toContain(
      'the key at `/rules/0/event/params/upper/pct` stands twice in one object',
    )
  })

  it('may hold a set before the one it extends', () => {
    expect(names(aFolder({ 'a.json': child, 'b.json': aRuleSet() }))).toEqual([
      'a-child@1.0.0',
      'receiving-tolerance@1.0.0',
    ])
  })

  it('may extend a set that was loaded elsewhere', () => {
    expect(names(aFolder({ 'a.json': child }), [aLoadedRuleSet()])).toEqual(['a-child@1.0.0'])
  })

  it('is refused with every mistake of every file, and the place of each', () => {
    const error = errorOf(
      aFolder({
        'a.json': aRuleSet({ owner: 1 }),
        'b.json': '{ "id": ',
        'c/1.0.0/ruleset.json': aRuleSet({ id: 'c', title: 2 }),
      }),
    )
    expect(error.code).toBe('RULE_SET_INVALID')
    expect(error.message).toMatch(
      /^cannot load rule sets, in `b\.json` at ``: the file is not JSON, .*: correct it \(and 2 more\)$/,
    )
    expect(error.details['findings']).toEqual([
      { file: 'b.json', pointer: '', sentence: expect.stringContaining('not JSON') },
      {
        file: 'a.json',
        pointer: '/owner',
        sentence: '`1` is of the wrong kind: write text in quotes',
      },
      {
        file: 'c/1.0.0/ruleset.json',
        pointer: '/title',
        sentence: '`2` is of the wrong kind: write text in quotes',
      },
    ])
  })

  it('is refused for one mistake without counting others', () => {
    expect(errorOf(aFolder({ 'a.json': aRuleSet({ owner: 1 }) })).message).toBe(
      'cannot load rule sets, in `a.json` at `/owner`: `1` is of the wrong kind: write text in quotes',
    )
  })

  it('is refused where sets extend each other in a circle', () => {
    const error = errorOf(
      aFolder({
        'a.json': aRuleSet({ id: 'a', extends: 'b@1.0.0' }),
        'b.json': aRuleSet({ id: 'b', extends: 'a@1.0.0' }),
        'c.json': aRuleSet({ id: 'c' }),
      }),
    )
    expect(error.details['findings']).toEqual(
      ['a.json', 'b.json'].map((file) => ({
        file,
        pointer: '/extends',
        sentence: 'these sets extend each other in a circle: let one of them stand alone',
      })),
    )
  })

  it('is refused where an extended set is nowhere', () => {
    expect(errorOf(aFolder({ 'a.json': child })).message).toContain(
      'no rule set `receiving-tolerance@1.0.0` is loaded',
    )
  })

  it('is refused without any rule set', () => {
    const error = errorOf(aFolder({ 'README.md': '' }))
    expect(error.code).toBe('RULE_SET_NOT_FOUND')
    expect(error.message).toContain('it holds none: put one in `<id>/<version>/ruleset.json`')
  })
})

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditRecord, chainAudit, instant } from '@counterfoil/core'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aRulesFolder, type Ran, type RulesFolder } from '../rules/rules-folder.examples.ts'
import { tellProgress } from '../rules/tell-progress.ts'

let folder: RulesFolder
beforeEach(() => {
  folder = aRulesFolder()
  folder.write('1.0.0', '5')
  folder.write('1.1.0', '3')
})
afterEach(() => folder.remove())

const [first, second] = ['price-tolerance@1.0.0', 'price-tolerance@1.1.0']
const why = ['--because', 'the desk asked']
const release = (version: string, by = 'bob', ...more: readonly string[]): Promise<Ran> =>
  folder.rules('release', version, '--by', by, '--written-by', 'ann', ...why, ...more)
const rollback = (...more: readonly string[]): Promise<Ran> =>
  folder.rules('rollback', 'price-tolerance', '--by', 'bob', ...why, ...more)
const today = new Date().toISOString().slice(0, 10)
/** What a change that concerns documents dated today says of them. */
const changed = (before: string, after: string): string =>
  `documents dated today, ${today}, were decided by ${before}, and are now by ${after}`
const since = (version: string): string => `${version} since 2026-01-01`
const none = 'nothing of price-tolerance'
const json = ({ out }: Ran): unknown => JSON.parse(out.join('\n'))
const told = ({ out, warnings }: Ran): string => [...out, ...warnings].join('\n')

describe('counterfoil rules', () => {
  it('prints its commands, and ends with 0 only where they were asked for', async () => {
    const [asked, bare, unknown] = [
      await folder.rules('help'),
      await folder.rules(),
      await folder.rules('relase'),
    ]
    expect([asked.exit, bare.exit, unknown.exit]).toEqual([0, 2, 2])
    expect(await folder.rules('--help')).toEqual(asked)
    expect(bare.out).toEqual(asked.out)
    expect(unknown.warnings).toEqual(['counterfoil rules: no command `relase`', ...asked.out])
    for (const name of ['new', 'list', 'check', 'test', 'diff', 'simulate', 'explain']) {
      expect(asked.out.join('\n')).toContain(`  ${name} `)
    }
  })

  it('names in its help every option that a command takes', async () => {
    const help = (await folder.rules('help')).out.join('\n')
    const sources = join(import.meta.dirname, '../rules')
    const options = readdirSync(sources)
      .filter((file) => /^rules-[a-z]+\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(sources, file), 'utf8').matchAll(
          /^\s.*?'?\b([a-z-]+)'?: \{ type: '(?:string|boolean)'/gm,
        ),
      ])
      .map(([, option = '']) => option)
    expect(options).toEqual(expect.arrayContaining(['json', 'approved-by', 'cells', 'by-date']))
    for (const option of options) expect(help).toMatch(new RegExp(`--${option}\\b(?!-)`))
  })

  it.each<[string, readonly string[]]>([
    ['SETTINGS_INVALID', ['diff', first]],
    ['RULE_SET_NOT_FOUND', ['test', 'price-tolerance@9.0.0']],
    ['ERR_PARSE_ARGS_UNKNOWN_OPTION', ['list', '--speed']],
  ])('tells machines of %s in JSON', async (code, args) => {
    const ran = await folder.rules(...args, '--json')
    expect([ran.exit, ran.warnings]).toEqual([2, []])
    expect(json(ran)).toEqual({ error: { code, message: expect.stringMatching(/./) } })
  })

  it.each([
    'new',
    'list',
    'check',
    'test',
    'diff',
    'simulate',
    'release',
    'rollback',
    'audit',
    'explain',
  ])('%s refuses an option it does not know', async (name) => {
    const ran = await folder.rules(name, '--speed')
    expect(ran.exit).toBe(2)
    expect(told(ran)).toContain("'--speed'")
  })

  it.each(['list', 'check', 'test', 'audit', 'release', 'rollback'])(
    '%s refuses a folder that is not there',
    async (name) => {
      folder.remove()
      const by = ['release', 'rollback'].includes(name) ? [first, '--by', 'bob', ...why] : []
      const ran = await folder.rules(name, ...by)
      expect(ran.exit).toBe(2)
      expect(told(ran)).toMatch(/cannot find the folder `.*rulesets`: name that of the rule sets/)
    },
  )

  it.each<readonly string[]>([
    ['test', 'price-tolerance@9.0.0'],
    ['check', 'price-tolerance@9.0.0'],
    ['diff', first, 'price-tolerance@9.0.0'],
    ['simulate', 'price-tolerance@9.0.0', '--matches', 'x'],
    ['release', 'price-tolerance@9.0.0', '--by', 'bob', ...why],
  ])('%s refuses a version that is not there, and names those that are', async (...args) => {
    const ran = await folder.rules(...args)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(
      /cannot find `price-tolerance@9\.0\.0` in `.*`: it holds price-tolerance@1\.0\.0, price-tolerance@1\.1\.0/,
    )
  })
})

describe('a file that is no JSON', () => {
  const place = /not JSON, .*position 15 \(line 3 column 2\)/
  const broken = '{\n "id": "a",\n oops }'

  it.each<[string, number, readonly string[]]>([
    ['check', 1, []],
    ['test', 1, [second]],
    ['diff', 1, [first, second]],
    ['simulate', 1, [second, '--matches', 'x']],
    ['release', 1, [second, '--by', 'bob', '--written-by', 'ann', ...why]],
    ['new', 1, ['price-tolerance', '--by', 'ann']],
  ])('of a rule set is told by %s with its place', async (name, exit, args) => {
    folder.save('rulesets/price-tolerance/1.1.0/ruleset.json', broken)
    const ran = await folder.rules(name, ...args)
    expect(ran.exit).toBe(exit)
    expect(told(ran)).toMatch(place)
    expect(told(ran)).toContain('price-tolerance/1.1.0/ruleset.json')
  })

  it('of cases is told with its place', async () => {
    folder.save('rulesets/price-tolerance/1.1.0/cases.json', broken)
    const ran = await folder.rules('test', second)
    expect(ran.exit).toBe(1)
    expect(ran.out[0]).toMatch(place)
  })

  it.each([
    ['list', 1, []],
    ['audit', 1, []],
    ['release', 1, [first, '--by', 'bob', '--written-by', 'ann', ...why]],
    ['rollback', 1, ['price-tolerance', '--by', 'bob', ...why]],
    ['new', 1, ['price-tolerance', '--by', 'ann']],
  ])('of what is released is told by %s, and nothing is written', async (name, exit, args) => {
    folder.save('rulesets/released.json', broken)
    const ran = await folder.rules(name, ...args)
    expect(ran.exit).toBe(exit)
    expect(told(ran)).toMatch(place)
    const { out } = await folder.rules('list', '--json')
    expect(JSON.parse(out.join('\n')).versions).toHaveLength(2)
  })
})

describe('counterfoil rules new', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['nothing is named', ['--by', 'ann'], /name one rule set/],
    [
      'the name is none',
      ['Bad Name', '--by', 'ann'],
      /cannot take `Bad Name`: not a rule-set name/,
    ],
    ['nobody writes it', ['price-tolerance'], /cannot do without --by/],
    [
      'the version would be a folder elsewhere',
      ['price-tolerance', '--by', 'ann', '--version', '../../elsewhere'],
      /cannot take `\.\.\/\.\.\/elsewhere`: not a version/,
    ],
    [
      'the day is none',
      ['price-tolerance', '--by', 'ann', '--effective-from', 'tomorrow'],
      /cannot take `tomorrow`/,
    ],
    [
      'the version is there',
      ['price-tolerance', '--by', 'ann', '--version', '1.0.0'],
      /it is there already/,
    ],
    ['it builds on nothing', ['other', '--by', 'ann'], /name the set it builds on with --from/],
    [
      'it builds on what is not there',
      ['other', '--by', 'ann', '--from', 'nothing@1.0.0'],
      /cannot begin from `nothing@1\.0\.0`/,
    ],
  ])('ends with 2 where %s, and writes nothing', async (_, args, sentence) => {
    const ran = await folder.rules('new', ...args)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(sentence)
    expect((await folder.rules('list')).out).toHaveLength(2)
  })

  it('begins from what is in force, and from what was taken back only where that is named', async () => {
    const begin = (...more: readonly string[]) =>
      folder.rules('new', 'price-tolerance', '--by', 'ann', ...more)
    const limitOf = (version: string): string =>
      readFileSync(join(folder.registry, `price-tolerance/${version}/cases.json`), 'utf8')
    expect(told(await begin())).toContain(`@1.2.0 begun from ${second}, a draft, in`)
    for (const version of [first, second]) expect((await release(version)).exit).toBe(0)
    expect((await rollback()).exit).toBe(0)
    expect(told(await begin())).toContain(`@1.3.0 begun from ${first}, which is in force, in`)
    expect(limitOf('1.3.0')).toContain('"pct": "5"')
    expect(told(await begin('--from', second))).toContain(
      `@1.4.0 begun from ${second}, which was taken back, in`,
    )
    const onTop = await folder.rules('new', 'north', '--from', 'price-tolerance', '--by', 'ann')
    expect(told(onTop)).toContain(`north@1.0.0 begun from ${first}, which is in force, in`)
    const base = ['new', 'mine', '--from', 'canonical-tolerance@1.0.0', '--by', 'ann']
    expect(told(await folder.rules(...base))).toContain('begun from canonical-tolerance@1.0.0, in')
  })

  it('asks which version to begin from where all were taken back', async () => {
    rmSync(join(folder.registry, 'price-tolerance/1.1.0'), { recursive: true })
    expect((await release(first)).exit).toBe(0)
    expect((await rollback()).exit).toBe(0)
    const ran = await folder.rules('new', 'price-tolerance', '--by', 'ann')
    expect(ran.exit).toBe(2)
    expect(told(ran)).toContain(
      `cannot begin from \`price-tolerance\`, all of it was taken back: name a version with --from, one of ${first}`,
    )
  })

  it('begins a set on top of one of the folder', async () => {
    expect((await release(first)).exit).toBe(0)
    const ran = await folder.rules('new', 'north', '--from', first, '--by', 'ann')
    expect(told(ran)).toContain(`north@1.0.0 begun from ${first}`)
    expect(ran.exit).toBe(0)
    const checked = await folder.rules('check', 'north')
    expect([checked.exit, checked.out.at(-1)]).toEqual([0, '1 version checked, 0 errors'])
    const tested = await folder.rules('test', 'north', '--json')
    expect(json(tested)).toMatchObject([{ cases: 1, failures: [], hasNothingFires: true }])
  })

  it('leaves no folder where another process changes the registry', async () => {
    const lock = folder.save('rulesets/.changing', '1')
    const begin = ['price-tolerance', '--by', 'ann']
    for (const args of [begin, ['north', '--from', first, '--by', 'ann']]) {
      const ran = await folder.rules('new', ...args)
      expect(ran.exit).toBe(1)
      expect(told(ran)).toMatch(
        /cannot change the rule sets, another process is at it: wait for it/,
      )
      const machines = await folder.rules('new', ...args, '--json')
      expect([machines.exit, json(machines)]).toMatchObject([
        1,
        { error: { code: 'STORE_CONFLICT' } },
      ])
    }
    expect(readdirSync(folder.registry).toSorted()).toEqual(['.changing', 'price-tolerance'])
    expect((await folder.rules('list')).out).toHaveLength(2)
    rmSync(lock)
    expect((await folder.rules('new', ...begin)).exit).toBe(0)
  })

  it('says what it wrote to machines', async () => {
    const ran = await folder.rules('new', 'price-tolerance', '--by', 'ann', '--json')
    expect(json(ran)).toEqual({
      id: 'price-tolerance',
      version: '1.2.0',
      folder: join(folder.registry, 'price-tolerance/1.2.0'),
      from: second,
      finished: [],
    })
  })
})

describe('counterfoil rules list, diff, test and audit', () => {
  it('say everything to machines', async () => {
    await release(first)
    expect(json(await folder.rules('list', '--json'))).toMatchObject({
      versions: [
        {
          id: 'price-tolerance',
          version: '1.0.0',
          standing: 'in-force',
          effectiveFrom: '2026-01-01',
        },
        { id: 'price-tolerance', version: '1.1.0', standing: 'draft' },
      ],
      problems: [],
    })
    expect(json(await folder.rules('diff', first, second, '--json'))).toMatchObject({
      before: first,
      after: second,
      changes: [{ kind: 'answer-changed', field: 'upper percent', before: '5', after: '3' }, {}],
    })
    expect(json(await folder.rules('test', first, '--json'))).toMatchObject([
      {
        version: first,
        passed: true,
        cases: 2,
        failures: [],
        coverage: { rules: { percent: 100 } },
      },
    ])
    const { out } = await folder.rules('audit', '--json')
    expect(out.map((line) => JSON.parse(line).event)).toEqual([
      'rule-set.drafted',
      'rule-set.released',
    ])
  })

  it('say so where there is nothing', async () => {
    folder.remove()
    folder.save('rulesets/README.md', '')
    const [list, test] = [await folder.rules('list'), await folder.rules('test')]
    expect([list.exit, list.out]).toEqual([
      0,
      ['there is no version yet: begin one with `rules new`'],
    ])
    expect([test.exit, test.out]).toEqual([1, ['there is no version to test']])
  })

  it.each<[readonly string[], RegExp]>([
    [['list', 'extra'], /extra/],
    [['diff', first], /name two versions/],
    [['test', '--threshold', 'most'], /cannot take `most` for --threshold/],
    [['test', '--cells', '101'], /cannot take `101` for --cells/],
    [['audit', 'nobody'], /cannot find `nobody` in/],
    [['simulate', first], /name a record with --matches or --decisions, or a store with --store/],
    [['simulate', first, '--matches', 'none'], /cannot read `none`: there is no such file/],
    [['simulate', first, '--decisions', 'none'], /cannot read `none`: there is no such file/],
    [['simulate', first, '--store', 'none', '--tenant', 'a'], /cannot read `none`/],
    [['simulate', first, '--matches', 'x', '--first', 'all'], /cannot take `all` for --first/],
    [['explain', 'none'], /cannot read `none`: there is no such file/],
    [['explain'], /name one file of decisions/],
  ])('%s ends with 2', async (args, sentence) => {
    const ran = await folder.rules(...args)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(sentence)
  })

  it('names the line of a record that is no match, and ends with 2', async () => {
    const file = folder.save('matches.jsonl', '\n{}\n')
    const ran = await folder.rules('simulate', first, '--matches', file)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(/cannot read line 2 of `.*` as a match, at `invoice`/)
  })

  it('fails where a case does, and says which', async () => {
    folder.write('1.1.0', '3')
    const cases = readFileSync(join(folder.registry, 'price-tolerance/1.0.0/cases.json'), 'utf8')
    folder.save('rulesets/price-tolerance/1.1.0/cases.json', cases)
    const ran = await folder.rules('test', second)
    expect(ran.exit).toBe(1)
    expect(ran.out[0]).toBe(
      `${second}, case \`dearer\`: outcome.tolerance.upper.pct: expected "5", and it is "3"`,
    )
  })
})

describe('counterfoil rules release and rollback', () => {
  it('release no version that is not named', async () => {
    const sentence = (which: string) =>
      `cannot tell which version of \`price-tolerance\` to release: name it as \`price-tolerance@VERSION\`, ${which}`
    const ran = await release('price-tolerance')
    expect(ran.exit).toBe(2)
    expect(told(ran)).toContain(sentence(`its drafts are ${first}, ${second}`))
    expect((await release(join(folder.registry, 'price-tolerance/1.0.0'))).exit).toBe(0)
    expect((await release(second)).exit).toBe(0)
    expect(told(await release('price-tolerance'))).toContain(sentence('it has no draft'))
  })

  it('refuse with 1 what may not be, and say to machines why', async () => {
    const alone = await release(first, 'ann', '--json')
    expect(alone.exit).toBe(1)
    expect(json(alone)).toMatchObject({
      outcome: 'refused',
      reasons: [expect.stringMatching(/`ann` wrote it and cannot release it alone/)],
    })
    const nobody = await folder.rules('release', first, '--by', 'bob', ...why)
    expect([nobody.exit, nobody.out.at(-1)]).toEqual([1, 'refused: nothing was changed'])
    const early = await rollback('--json')
    expect(early.exit).toBe(1)
    expect(json(early)).toEqual({
      outcome: 'refused',
      reasons: ['no version of `price-tolerance` is in force'],
      finished: [],
    })
  })

  it('say what is in force afterwards', async () => {
    expect(json(await release(first, 'ann', '--approved-by', 'bob', '--json'))).toEqual({
      outcome: 'done',
      versions: ['1.0.0'],
      from: null,
      to: first,
      finished: [],
    })
    expect((await release(second)).exit).toBe(0)
    expect((await release(second)).out[0]).toBe(`\`${second}\` is in force`)
    expect((await rollback()).out).toEqual([
      `rolled back ${second}`,
      changed(since(second), since(first)),
    ])
    const last = await rollback()
    expect(last.exit).toBe(0)
    expect(last.out.slice(1)).toEqual([
      changed(since(first), none),
      'nothing of price-tolerance decides from now on: the other sets in force do, or the defaults',
    ])
    expect((await rollback()).exit).toBe(1)
  })

  it.each([
    ['release', first, '--because', 'x'],
    ['release', first, '--by', 'bob'],
    ['rollback', 'price-tolerance', '--because', 'x'],
    ['rollback', 'price-tolerance', '--by', ' ', '--because', 'x'],
    ['rollback', '--by', 'bob', '--because', 'x'],
  ])('end with 2 where somebody or a reason is missing: %s %s', async (...args) => {
    const ran = await folder.rules(...args)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(/cannot (?:do without --(?:by|because)|tell what to do)/)
  })
})

describe('a released rule that was changed by hand', () => {
  beforeEach(async () => {
    expect((await release(first)).exit).toBe(0)
    const file = 'price-tolerance/1.0.0/ruleset.json'
    const text = readFileSync(join(folder.registry, file), 'utf8')
    folder.save(`rulesets/${file}`, text.replace('"pct":"5"', '"pct":"95"'))
  })

  it.each<[string, number, readonly string[]]>([
    ['check', 1, []],
    ['check', 1, [second]],
    ['list', 1, []],
    ['audit', 1, []],
    ['test', 1, [second]],
    ['diff', 1, [first, second]],
    ['simulate', 1, [second, '--matches', 'x']],
    ['simulate', 1, [second, '--decisions', 'x']],
    ['explain', 1, ['x']],
    ['new', 1, ['price-tolerance', '--by', 'ann']],
    ['release', 1, [second, '--by', 'bob', '--written-by', 'ann', ...why]],
    ['rollback', 1, ['price-tolerance', '--by', 'bob', ...why]],
  ])('is told by %s, which ends with %i', async (name, exit, args) => {
    const ran = await folder.rules(name, ...args)
    expect(ran.exit).toBe(exit)
    expect(told(ran)).toContain(`\`${first}\` is released and was changed since: put it back`)
  })

  it('is told to machines that read the audit as a line of JSON like the others', async () => {
    const { exit, out } = await folder.rules('audit', '--json')
    expect(exit).toBe(1)
    expect(out.map((line) => Object.keys(JSON.parse(line)).includes('problem'))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('is told to machines that ask about another version', async () => {
    const { exit, out } = await folder.rules('check', second, '--json')
    expect(exit).toBe(1)
    expect(JSON.parse(out.join('\n')).problems).toMatchObject([
      { file: 'price-tolerance/1.0.0/ruleset.json' },
    ])
  })
})

describe('a name that would move the print', () => {
  const name = '\u{1b}[2Jbig\nall is well'

  it('is printed as one line in what is told of the file', async () => {
    folder.write('1.1.0', '3', { conditions: { [name]: { all: [] } } })
    const ran = await folder.rules('diff', first, second)
    expect(ran.exit).toBe(1)
    expect(ran.warnings).toHaveLength(1)
    expect(told(ran)).toMatch(/^counterfoil rules: cannot load `price-tolerance@1\.1\.0`, /)
    expect(told(ran)).toContain('\\u{1b}[2Jbig\\u{a}all is well')
    expect((await folder.rules('diff', first, second, '--json')).exit).toBe(1)
  })
})

describe('nothing to look at', () => {
  const empty = (): void => {
    folder.remove()
    folder.save('rulesets/README.md', '')
  }

  it('is no good news of a check', async () => {
    empty()
    expect(await folder.rules('check')).toMatchObject({
      exit: 1,
      out: ['0 versions checked, 0 errors'],
    })
    expect((await folder.rules('check', '--json')).exit).toBe(1)
  })

  it.each([['--matches'], ['--decisions']])(
    'is no good news of a simulation on %s',
    async (option) => {
      const file = folder.save('nothing.jsonl', '\n')
      const ran = await folder.rules('simulate', first, option, file)
      expect(ran.exit).toBe(1)
      expect(ran.out.at(-1)).toMatch(/^nothing was tried: there is no /)
      const machine = await folder.rules('simulate', first, option, file, '--json')
      expect([machine.exit, machine.out.length]).toEqual([1, 1])
    },
  )

  it('is what a tenant nobody has comes to', async () => {
    const file = join(folder.root, 'books.sqlite')
    const store = createSqliteStore({ file })
    await store.events({ tenant: 'acme', limit: 1 })
    await store.close()
    const ran = await folder.rules('simulate', first, '--store', file, '--tenant', 'nobody')
    expect(ran.exit).toBe(1)
    expect(ran.out.at(-1)).toBe('nothing was tried: there is no match in what was given')
  })

  it('is not made a store of: an empty file stays empty', async () => {
    const file = folder.save('books.sqlite', '')
    for (const path of [file, folder.root]) {
      const ran = await folder.rules('simulate', first, '--store', path, '--tenant', 'acme')
      expect(ran.exit).toBe(2)
      expect(told(ran)).toContain(`cannot read \`${path}\`: it is empty or no file`)
    }
    expect(readFileSync(file, 'utf8')).toBe('')
    expect(readdirSync(folder.root).toSorted()).toEqual(['books.sqlite', 'rulesets'])
  })

  it.each(['check', 'list'])(
    'of a rule set under a misspelled name is told by %s',
    async (name) => {
      folder.save('rulesets/limits/1.0.0/rulset.json', '{}')
      folder.save('rulesets/flat/ruleset.json', '{}')
      folder.save('rulesets/calendars/germany.txt', '')
      folder.save('rulesets/.git/config', '')
      const ran = await folder.rules(name)
      expect(ran.exit).toBe(1)
      expect(ran.out.filter((line) => line.includes('no rule set is in it'))).toEqual([
        'flat: no rule set is in it, it holds ruleset.json: put it in `flat/<version>/ruleset.json`, or take the folder away',
        'limits/1.0.0: no rule set is in it, it holds rulset.json: name the file of the rule set `ruleset.json`, or take the folder away',
      ])
      const { out } = await folder.rules(name, '--json')
      expect(JSON.parse(out.join('\n')).stray).toHaveLength(2)
    },
  )
})

describe('a change of versions that do not decide today', () => {
  const unchanged = `nothing changes for documents dated today, ${today},`

  it('says what decides today as before, and what from which day on', async () => {
    folder.write('1.1.0', '3', { effectiveFrom: '9000-01-01' })
    expect((await release(first)).out).toEqual([`released ${first}`, changed(none, since(first))])
    expect((await release(second)).out).toEqual([
      `released ${second}`,
      `${unchanged} only for later ones: ${since(first)}, ${second} from 9000-01-01 on`,
    ])
    expect((await rollback()).out).toEqual([
      `rolled back ${second}`,
      `${unchanged} only for later ones: ${since(first)}`,
    ])
  })

  it('says so where it never decides, since another took effect after it', async () => {
    folder.write('1.1.0', '3', { effectiveFrom: '2025-01-01', effectiveTo: '2025-12-31' })
    for (const version of [second, first]) expect((await release(version)).exit).toBe(0)
    folder.write('1.2.0', '2', { effectiveFrom: '2025-12-01' })
    expect((await release('price-tolerance@1.2.0')).out[1]).toBe(
      `${unchanged} or later: ${since(first)}`,
    )
  })

  it('names no later documents where a version decides some days of the past only', async () => {
    folder.write('1.1.0', '3', { effectiveFrom: '2026-02-01', effectiveTo: '2026-02-28' })
    await release(first)
    expect((await release(second)).out[1]).toBe(`${unchanged} or later: ${first} since 2026-03-01`)
  })

  it('says it for each scope that the versions are for', async () => {
    folder.write('1.1.0', '3', { scope: { supplier: 'S1' } })
    await release(first)
    expect((await release(second)).out.slice(1)).toEqual([
      `${unchanged} or later: ${since(first)}`,
      `for supplier S1: ${changed(none, since(second))}`,
    ])
  })
})

describe('a rollback aimed at a version', () => {
  it('takes back that version, and none where another was released last', async () => {
    for (const version of [first, second]) expect((await release(version)).exit).toBe(0)
    const aimed = (version: string) => folder.rules('rollback', version, '--by', 'bob', ...why)
    const wrong = await aimed(first)
    expect([wrong.exit, wrong.out]).toEqual([
      1,
      [
        `\`${first}\` was not released last, \`${second}\` was: only what was released last is taken back`,
        'refused: nothing was changed',
      ],
    ])
    expect((await aimed(second)).out).toEqual([
      `rolled back ${second}`,
      changed(since(second), since(first)),
    ])
    expect((await aimed(second)).exit).toBe(1)
    expect((await aimed(first)).exit).toBe(0)
    expect((await aimed(first)).out[0]).toBe('no version of `price-tolerance` is in force')
  })
})

describe('a rollback to an older version', () => {
  const third = 'price-tolerance@1.2.0'
  beforeEach(async () => {
    folder.write('1.2.0', '2')
    for (const version of [first, second, third]) expect((await release(version)).exit).toBe(0)
  })

  it('takes back all that were released after it, and the audit tells which', async () => {
    expect((await rollback('--to', '1.0.0')).out).toEqual([
      `rolled back ${third}, ${second}`,
      changed(since(third), since(first)),
    ])
    const { out } = await folder.rules('audit')
    expect(out.at(-1)).toContain(
      `${third} rolled back by bob: the desk asked, in force ${third} → ${first}, with it ${second}`,
    )
    expect((await folder.rules('list')).exit).toBe(0)
  })

  it('says so to machines', async () => {
    expect(json(await rollback('--to', first, '--json'))).toEqual({
      outcome: 'done',
      versions: ['1.2.0', '1.1.0'],
      from: third,
      to: first,
      finished: [],
    })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['it was released last', ['--to', '1.2.0'], /was released last, nothing was after it/],
    ['it is not there', ['--to', '9.0.0'], /there is no .* name one of 1\.0\.0, 1\.1\.0/],
  ])('is refused where %s', async (_, args, reason) => {
    const ran = await rollback(...args)
    expect([ran.exit, ran.out.at(-1)]).toEqual([1, 'refused: nothing was changed'])
    expect(ran.out[0]).toMatch(reason)
  })

  it('is refused where it was taken back itself, or never released', async () => {
    expect((await rollback()).exit).toBe(0)
    expect((await rollback('--to', '1.2.0')).out[0]).toBe(
      `\`${third}\` was taken back itself: release it again instead`,
    )
    folder.write('1.3.0', '1')
    expect((await rollback('--to', '1.3.0')).out[0]).toMatch(/was never released/)
    expect((await rollback('--to', '1.0.0')).exit).toBe(0)
    expect((await rollback('--to', '9.0.0')).out[0]).toContain(`: \`${first}\` alone is in force`)
  })

  it('is a wrong call where it is no version', async () => {
    const ran = await rollback('--to', 'yesterday')
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(/cannot take `yesterday` as the version: not a version/)
  })
})

describe('a change that broke off', () => {
  /** As a process leaves it that was killed once the entry of its release stood in the audit. */
  beforeEach(async () => {
    expect((await release(first)).exit).toBe(0)
    const before = ['released.json', 'in-force.json', 'audit-heads.json'].map(
      (file) => [file, readFileSync(join(folder.registry, file), 'utf8')] as const,
    )
    expect((await release(second)).exit).toBe(0)
    for (const [file, text] of before) folder.save(`rulesets/${file}`, text)
  })

  const sentence =
    'audit-heads.json: a change broke off before it was written here (price-tolerance@1.1.0 released by bob): it counts, and the next `rules new`, `release` or `rollback` finishes it'

  it.each(['list', 'audit'])('is told by %s, to machines too', async (name) => {
    const ran = await folder.rules(name)
    expect([ran.exit, ran.out.at(-1)]).toEqual([0, sentence])
    const { out } = await folder.rules(name, '--json')
    expect(out.at(-1)).toMatch(/"unfinished":.*"file":"audit-heads\.json"/)
  })

  it.each<[string, readonly string[]]>([
    ['new', ['price-tolerance', '--by', 'ann']],
    ['release', [second, '--by', 'bob', ...why]],
    ['rollback', ['price-tolerance', '--by', 'bob', ...why]],
  ])('is finished by %s, which says so', async (name, args) => {
    const ran = await folder.rules(name, ...args)
    expect(ran.out[0]).toBe(`finished first, ${sentence}`)
    expect((await folder.rules('list')).out).not.toContain(sentence)
  })
})

describe('what decides today', () => {
  it('is told by list, with what will decide from a later day on, to machines too', async () => {
    folder.write('1.2.0', '2', { effectiveFrom: '9000-01-01' })
    for (const version of [first, 'price-tolerance@1.2.0']) {
      expect((await release(version)).exit).toBe(0)
    }
    const { exit, out } = await folder.rules('list')
    expect(exit).toBe(0)
    expect(out.slice(-2)).toEqual([
      expect.stringMatching(/^documents dated today, \d{4}-\d\d-\d\d, are decided by$/),
      `  ${first} since 2026-01-01, price-tolerance@1.2.0 from 9000-01-01 on`,
    ])
    expect(json(await folder.rules('list', '--json'))).toMatchObject({
      decides: {
        ruleSets: [
          {
            ruleSet: 'price-tolerance',
            scope: {},
            now: { version: first, from: '2026-01-01' },
            later: [{ version: 'price-tolerance@1.2.0', from: '9000-01-01' }],
          },
        ],
      },
    })
  })

  it('is nothing in a folder that cannot be trusted', async () => {
    expect((await release(first)).exit).toBe(0)
    folder.write('1.0.0', '9')
    const { exit, out } = await folder.rules('list')
    expect(exit).toBe(1)
    expect(out.join('\n')).not.toContain('are decided by')
    expect(json(await folder.rules('list', '--json'))).toMatchObject({ decides: null })
  })

  it('is told for those it is for', async () => {
    const scope = { supplier: 'S1' }
    folder.write('1.0.0', '5', { scope, effectiveFrom: '9000-01-01' })
    expect((await release(first)).exit).toBe(0)
    expect((await folder.rules('list')).out.at(-1)).toBe(
      `  for supplier S1: nothing of price-tolerance yet, ${first} from 9000-01-01 on`,
    )
  })
})

describe('a set that bears the name of what every object has', () => {
  const asked = ['--by', 'bob', '--written-by', 'ann', ...why]
  const move = (id: string): void => {
    for (const file of ['ruleset.json', 'cases.json']) {
      const text = readFileSync(join(folder.registry, 'price-tolerance/1.0.0', file), 'utf8')
      folder.save(`rulesets/${id}/1.0.0/${file}`, text.replace('"price-tolerance"', `"${id}"`))
    }
    rmSync(join(folder.registry, 'price-tolerance'), { recursive: true })
  }

  it('is a set like any other where the name is one', async () => {
    move('constructor')
    const name = 'constructor@1.0.0'
    expect((await folder.rules('release', name, ...asked)).out).toEqual([
      `released ${name}`,
      changed('nothing of constructor', since(name)),
    ])
    expect((await folder.rules('list')).out.at(-1)).toBe(`  ${name} since 2026-01-01`)
    expect((await folder.rules('check')).out.at(-1)).toBe('1 version checked, 0 errors')
    expect((await folder.rules('diff', name, name)).out.at(-1)).toBe('nothing changes')
    const { out } = await folder.rules('new', 'constructor', '--by', 'ann')
    expect(out[0]).toContain('constructor@1.1.0 begun from')
    expect((await folder.rules('audit', 'constructor')).out).toHaveLength(3)
    const back = await folder.rules('rollback', 'constructor', '--by', 'bob', ...why)
    expect(back.out[0]).toBe(`rolled back ${name}`)
  })

  it.each(['__proto__', 'toString', 'hasOwnProperty'])('is refused as `%s`', async (id) => {
    move(id)
    const name = `${id}@1.0.0`
    const sentence = `${id}/1.0.0/ruleset.json at /id: `
    const checked = await folder.rules('check')
    expect([checked.exit, checked.out[0]]).toEqual([1, expect.stringContaining(sentence)])
    expect((await folder.rules('list')).out).toEqual([
      `${name.padEnd(40)} draft      cannot be loaded: \`rules check\` says why`,
    ])
    for (const [exit, ...args] of [
      [1, 'diff', name, name],
      [2, 'new', id, '--by', 'ann'],
      [2, 'release', name, ...asked],
      [2, 'rollback', id, '--by', 'bob', ...why],
    ] as const) {
      const ran = await folder.rules(...args)
      expect(ran.exit).toBe(exit)
      expect(told(ran)).toMatch(/not a rule-set name: write small letters/)
    }
  })

  it('is not there where nobody wrote it', async () => {
    const ran = await folder.rules('rollback', 'constructor', '--by', 'bob', ...why)
    expect([ran.exit, ran.out[0]]).toEqual([1, 'no version of `constructor` is in force'])
  })
})

describe('the author under another spelling', () => {
  it.each(['ann ', ' Ann', 'ANN'])('does not release alone what ann wrote, as `%s`', async (by) => {
    const ran = await release(first, by)
    expect(ran.exit).toBe(1)
    expect(told(ran)).toMatch(/wrote it and cannot release it alone/)
    const approved = await release(first, 'ann', '--approved-by', by)
    expect(approved.exit).toBe(1)
    expect(told(approved)).toMatch(/cannot be the second person/)
  })
})

describe('a reason with a line break', () => {
  const forged =
    'a typo\n2026-01-01T00:00:00.000Z price-tolerance@1.0.0 released by carol: all is well'

  it.each([
    ['release', first, '--by', 'bob', '--written-by', 'ann', '--because', forged],
    ['release', first, '--by', 'bob\u202Enna', '--written-by', 'ann', ...why],
    ['release', first, '--by', 'ann', '--written-by', 'ann', '--approved-by', 'b\rob', ...why],
    ['rollback', 'price-tolerance', '--by', 'bob', '--because', forged],
    ['new', 'price-tolerance', '--by', 'ann', '--because', forged],
  ])('forges no entry of the audit: %s refuses it, and writes nothing', async (...args) => {
    const ran = await folder.rules(...args)
    expect(ran.exit).toBe(2)
    expect(told(ran)).toMatch(/cannot take `.*` as (?:a name|the reason): write it in one line/)
    expect((await folder.rules('audit')).out).toEqual([])
    expect((await folder.rules('list')).out).toHaveLength(2)
  })

  it('that an audit of before holds is printed as one line', async () => {
    const aggregate = 'rule-set:price-tolerance'
    const record: AuditRecord = {
      at: instant('2026-01-01T00:00:00.000Z'),
      actor: { kind: 'user', id: 'ann', roles: [], assurance: 'low' },
      object: `${aggregate}/1.0.0`,
      event: 'rule-set.drafted',
      eventId: `${aggregate}#1`,
      from: null,
      to: null,
      reason: forged,
      policy: [],
      inputHash: 'a'.repeat(64),
    }
    const entries = chainAudit([record], { aggregate, sequence: 0, previousHash: null })
    folder.save('rulesets/audit.jsonl', `${JSON.stringify(entries[0])}\n`)
    const { out } = await folder.rules('audit')
    expect(out).toHaveLength(1)
    expect(out[0]).not.toContain('\n')
    expect(out[0]).toContain('drafted by ann: a typo\\u{a}2026-01-01')
    const machine = await folder.rules('audit', '--json')
    expect(json(machine)).toMatchObject({ reason: forged })
  })

  it('that a decision of before was stored with is explained in one line', async () => {
    const reference = { ruleSet: 'price-tolerance', version: '1.0.0', hash: 'a'.repeat(64) }
    const stored = { reference, firedRules: ['dearer'], because: [forged], facts: {} }
    const file = folder.save('decision.json', JSON.stringify(stored))
    const { exit, out } = await folder.rules('explain', file)
    expect(exit).toBe(0)
    expect(out).toEqual([
      first,
      `  dearer decided: ${forged.replace('\n', '\\u{a}')}`,
      '  told as it was stored, not verified against the rules',
    ])
  })
})

describe('progress', () => {
  afterEach(() => vi.useRealTimers())

  it('is told every two seconds, and not before', () => {
    vi.useFakeTimers({ now: 0 })
    const lines: string[] = []
    const progress = tellProgress('matches', (line) => lines.push(line))
    for (const now of [0, 1_999, 2_000, 3_999, 4_000]) {
      vi.setSystemTime(now)
      progress()
    }
    expect(lines).toEqual(['3 matches so far', '5 matches so far'])
  })
})

import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assign, createMachine, not, raise, StateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'
import { lifecycleSubjects } from '../../scripts/lifecycle-subjects.ts'
import { seededDice } from '../../scripts/random-machine.ts'
import { breachesOfStyle, type MovedBy } from './lifecycle-style.examples.ts'

const sources = join(import.meta.dirname, '..')
const files = globSync('**/*.machine.ts', { cwd: sources })
const exported = await Promise.all(
  files.map(async (file) => {
    const module = (await import(join(sources, file))) as Readonly<Record<string, unknown>>
    const machines = Object.values(module).filter((one) => one instanceof StateMachine)
    return { file, machines }
  }),
)

/** Commands come from people one after the other, so these lifecycles alone may move by them. */
const movedByCommands = ['approval-lifecycle', 'dispute-lifecycle', 'exception', 'hold-lifecycle']

/** What of XState machines are written with; everything else runs them. */
const writing = new Set(['setup', 'assign', 'and', 'or', 'not', 'stateIn'])

describe('the lifecycles', () => {
  it('are all found, and all walked beside XState', () => {
    expect(files.length).toBeGreaterThan(9)
    const known = new Set(lifecycleSubjects.map(({ machine }) => machine))
    for (const { file, machines } of exported) {
      expect(machines.length, file).toBeGreaterThan(0)
      for (const machine of machines) expect(known.has(machine), file).toBe(true)
    }
  })

  it.each(lifecycleSubjects.map((subject) => [subject.name, subject] as const))(
    'of %s is written as lifecycles are',
    (_, { machine, input }) => {
      const movedBy = movedByCommands.includes(machine.id) ? 'commands' : 'facts'
      expect(breachesOfStyle(machine, { movedBy, input: input(seededDice(1)) })).toEqual([])
    },
  )

  it('are each walked through all of their paths', () => {
    const unwalked = files.filter(
      (file) => !existsSync(join(sources, file.replace('.machine.ts', '.paths.test.ts'))),
    )
    expect(unwalked).toEqual([])
  })

  it('run by their plans alone: nothing else makes an actor or asks XState for a transition', () => {
    const others = globSync('**/*.ts', { cwd: sources }).filter(
      (file) => !/\.(?:test|examples)\.ts$/.test(file),
    )
    const running = others.flatMap((file) => {
      const text = readFileSync(join(sources, file), 'utf8')
      return [...text.matchAll(/import (?!type)\{([^}]*)\} from 'xstate/g)]
        .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
        .filter((name) => name !== '' && !name.startsWith('type ') && !writing.has(name))
        .map((name) => `${file}: ${name}`)
    })
    expect(others.length).toBeGreaterThan(100)
    expect(running).toEqual([])
  })
})

/** An order with one thing that does not belong. */
function breaches(written: object, movedBy: MovedBy = 'facts', context: object = {}) {
  const machine = createMachine(
    {
      id: 'order',
      context,
      initial: 'draft',
      states: { draft: {}, sent: {} },
      ...written,
    } as never,
    {
      actions: { takeFacts: assign({}), tellOthers: raise({ type: 'told' }) },
      guards: { isSent: () => true, checkSent: () => true },
    } as never,
  )
  return breachesOfStyle(machine, { movedBy, input: undefined })
}

const draft = (written: object) => ({ states: { draft: written, sent: {} } })

describe('a machine', () => {
  it('may add facts, follow them by `always`, and name effects', () => {
    const always = [{ guard: 'isSent', target: 'sent' }, { guard: not('isSent') }]
    expect(
      breaches({ on: { facts: { actions: ['takeFacts', 'send-change'] } }, ...draft({ always }) }),
    ).toEqual([])
  })

  it.each<readonly [string, object, string]>([
    ['waits by itself', { after: { 1000: 'sent' } }, '`after` in `draft`'],
    ['starts an actor', { invoke: { src: 'clerk' } }, '`invoke` in `draft`'],
    ['hides a side effect', { entry: () => undefined }, 'an action without a name in `draft`'],
    ['moves by an event', { on: { sent: 'sent' } }, '`draft` moves by the event `sent`'],
    [
      'asks without a name',
      { always: { guard: () => true, target: 'sent' } },
      '`draft` has a guard without a name',
    ],
    [
      'hides a question in another',
      { always: { guard: not(() => true), target: 'sent' } },
      '`draft` has a guard without a name',
    ],
    [
      'commands where it asks',
      { always: { guard: 'checkSent', target: 'sent' } },
      '`draft` has the guard `checkSent`',
    ],
    ['assigns without a name', { entry: assign({}) }, '`draft` has an action without a name'],
    ['talks to itself', { entry: 'tellOthers' }, '`draft` raises an event'],
  ])('is refused when it %s', (_, written, sentence) => {
    expect(breaches(draft(written)).join()).toContain(sentence)
  })

  it('that people command may move by events', () => {
    expect(breaches(draft({ on: { sent: 'sent' } }), 'commands')).toEqual([])
  })

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a big number', 1n],
    ['nothing at all', undefined],
    ['an endless number', Infinity],
  ])('is refused when its context holds %s', (_, held) => {
    const [sentence, ...others] = breaches({}, 'facts', { lines: [{ held }] })
    expect(sentence).toContain('`context.lines.0.held` is not plain JSON')
    expect(others).toEqual([])
  })
})

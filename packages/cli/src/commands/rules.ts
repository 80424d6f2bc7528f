import { CounterfoilError } from '@counterfoil/core'
import type { RulesSubcommand, Write } from '../rules/rules-subcommand.ts'

type Subcommand = {
  readonly usage: string
  readonly about: string
  /** What else it takes, each with what it does. */
  readonly options?: Readonly<Record<string, string>>
  readonly load: () => Promise<RulesSubcommand>
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  new: {
    usage: 'new ID [--from ID@VERSION] --by NAME',
    about: 'begin a version: the next of a set, or a set on top of another',
    options: {
      '--version VERSION': 'its number, the next one unless said otherwise',
      '--effective-from DAY': 'the first day it decides, today unless said otherwise',
      '--because WHY': 'for the audit',
    },
    load: async () => (await import('../rules/rules-new.ts')).rulesNew,
  },
  list: {
    usage: 'list',
    about: 'every version, and whether it is a draft, in force or withdrawn',
    load: async () => (await import('../rules/rules-list.ts')).rulesList,
  },
  check: {
    usage: 'check [ID@VERSION...] [--all]',
    about: 'what is wrong with them, where, and how to mend it',
    options: { '--all': 'what is for information, too' },
    load: async () => (await import('../rules/rules-check.ts')).rulesCheck,
  },
  test: {
    usage: 'test [ID@VERSION...] [--threshold 100]',
    about: 'run the cases, and say which rules and cells they show',
    options: {
      '--threshold PERCENT':
        'how many rules some case has to show deciding, 100 unless said otherwise',
      '--cells PERCENT':
        'how many comparisons some case has to show both ways, 0 unless said otherwise',
    },
    load: async () => (await import('../rules/rules-test.ts')).rulesTest,
  },
  diff: {
    usage: 'diff A B',
    about: 'what changes from one version to another, in words',
    load: async () => (await import('../rules/rules-diff.ts')).rulesDiff,
  },
  simulate: {
    usage: 'simulate NEW --matches|--decisions FILE, --store FILE --tenant T',
    about: 'what a version would have changed on recorded matches or decisions',
    options: {
      '--against ID@VERSION':
        'what it is compared with, the version in force unless said otherwise',
      '--by-date': 'each document by the versions in force on its own date',
      '--first NUMBER': 'how many rows to show, 20 unless said otherwise',
    },
    load: async () => (await import('../rules/rules-simulate.ts')).rulesSimulate,
  },
  release: {
    usage: 'release ID@VERSION --by NAME --because WHY',
    about: 'freeze a version and put it in force; not by its author alone',
    options: {
      '--approved-by NAME': 'a second person, where the author releases',
      '--written-by NAME': 'the author, where it was not begun with `new`',
    },
    load: async () => (await import('../rules/rules-release.ts')).rulesRelease,
  },
  rollback: {
    usage: 'rollback ID[@VERSION] --by NAME --because WHY',
    about: 'take the version released last back',
    options: { '--to VERSION': 'an older one in force: all released after it are taken back' },
    load: async () => (await import('../rules/rules-rollback.ts')).rulesRollback,
  },
  audit: {
    usage: 'audit [ID...]',
    about: 'who began, released and took back what, when and why',
    load: async () => (await import('../rules/rules-audit.ts')).rulesAudit,
  },
  explain: {
    usage: 'explain FILE [--language en|de]',
    about: 'why decisions came out as they did',
    load: async () => (await import('../rules/rules-explain.ts')).rulesExplain,
  },
}

/** `counterfoil rules`: versions of rule sets, tried before they are used, released and taken back. */
export async function rulesCommand(
  args: readonly string[],
  out: Write,
  warn: Write,
): Promise<number> {
  const [name, ...rest] = args
  const asksForHelp = name === 'help' || name === '--help' || name === '-h'
  const isHelp = name === undefined || asksForHelp
  const subcommand =
    name !== undefined && Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
  if (subcommand === undefined) {
    if (!isHelp) warn(`counterfoil rules: no command \`${name}\``)
    ;(isHelp ? out : warn)(rulesHelp())
    return asksForHelp ? 0 : 2
  }
  const [run, { oneLine }] = await Promise.all([
    subcommand.load(),
    import('@counterfoil/rules/node'),
  ])
  const isJson = asksForJson(rest)
  // What was stored may hold line breaks, which would make one line look like two.
  const line: Write = (text) => out(isJson ? text : oneLine(text))
  try {
    return await run(rest, line, warn)
  } catch (error) {
    if (!isKnown(error)) throw error
    const { code, message } = error
    const isFound = foundCodes.has(code)
    if (isJson) out(JSON.stringify({ error: { code, message } }))
    else if (isFound) warn(`counterfoil rules: ${oneLine(message)}`)
    else throw error
    return isFound ? 1 : 2
  }
}

/** What is found in the folder, or the time it was called at, is nothing that the call has wrong. */
const foundCodes: ReadonlySet<unknown> = new Set(['RULE_SET_INVALID', 'STORE_CONFLICT'])

function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).includes('--json')
}

/** A bad option or a file that is not there is the caller's to mend, and has a code. */
function isKnown(error: unknown): error is Error & { readonly code: unknown } {
  return CounterfoilError.is(error) || (error instanceof Error && 'code' in error)
}

/** What `counterfoil rules` can do. */
export function rulesHelp(): string {
  const rows = Object.values(subcommands).flatMap(({ usage, about, options = {} }) => [
    `  ${usage.padEnd(66)} ${about}`,
    ...Object.entries(options).map(([option, what]) => `    ${option.padEnd(64)} ${what}`),
  ])
  return [
    'usage: counterfoil rules COMMAND',
    '',
    ...rows,
    '',
    '  --registry FOLDER  the folder of the rule sets, `rulesets` unless said otherwise',
    '  --bases FOLDER     the rule sets they may extend, the ready-made ones unless said otherwise',
    '  --fetched MODULE   what declares the facts a host fetches, as `export const fetched`',
    '  --json             for machines, what went wrong with the call too: `{"error":{"code","message"}}`',
    '',
    'ends with 0 where all is well, 1 where something was found or refused, a record was changed or another process is at it,',
    '2 where it was called wrongly',
  ].join('\n')
}

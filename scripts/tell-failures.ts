/**
 * Names what failed in reports of the test runner, so that the last lines of a long output say why it failed.
 * `node scripts/tell-failures.ts REPORT...`; nothing is printed where nothing failed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './packages.ts'

/** What is looked at in the JSON report of vitest. */
export type TestReport = {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

const charactersMax = 1_000

/** Each failed test with its file, what went wrong, and for a property how to see it again. */
export function failuresOf({ success, testResults }: TestReport): readonly string[] {
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const tests = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) =>
        [`failed: ${file}: ${fullName}`, ...(failureMessages ?? []).flatMap(reasonOf)].join('\n'),
      )
    // A file that cannot be loaded has no tests that could fail.
    if (tests.length > 0 || status !== 'failed') return tests
    return [[`failed: ${file}`, ...reasonOf(message)].join('\n')]
  })
  if (success || failed.length > 0) return failed
  return ['failed: no test, but something beside them: see the output of the runner']
}

function reasonOf(message: string): readonly string[] {
  const [first = '', ...rest] = message.split('\n')
  const again = rest.filter((line) => /^\s*(?:\{ seed: |Counterexample: |Caused by: )/.test(line))
  return [first, ...again].map((line) => `  ${line.trim().slice(0, charactersMax)}`)
}

/** The failures that a report in a file tells of; a run that left no report failed before its end. */
export function failuresIn(file: string): readonly string[] {
  if (!existsSync(file)) return [`failed: the runner left no \`${relative(root, file)}\``]
  return failuresOf(JSON.parse(readFileSync(file, 'utf8')) as TestReport)
}

if (process.argv[1] === import.meta.filename) {
  for (const failure of new Set(process.argv.slice(2).flatMap(failuresIn))) console.log(failure)
}

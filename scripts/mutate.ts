/**
 * Mutation testing: changes the code in one place at a time and looks whether a test notices. `pnpm mutate` runs every
 * group, `pnpm mutate evaluate` one, `pnpm mutate evaluate --only packages/rules/src/evaluate/program.ts` some of its
 * files. A group is some code with the tests that stand for it, so that a mutant meets few test files. A mutant is
 * tried again only where it or a test that reaches it has changed; `--all` tries every one, as after a change of the
 * code around, or for what is done once as a module loads. `--at-once 1` tries so many at a time. Prints what was not
 * found and the share found of each file and group; ends with 1 below the share aimed at.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

type Group = { readonly mutate: readonly string[]; readonly tests: readonly string[] }
type Share = { readonly name: string; readonly found: number; readonly all: number }

const rules = 'packages/rules/src'
const groups: Readonly<Record<string, Group>> = {
  check: {
    mutate: [`${rules}/check/*.ts`],
    tests: [`${rules}/check/*.test.ts`, `${rules}/rule-set/*.test.ts`],
  },
  evaluate: {
    mutate: [`${rules}/evaluate/*.ts`],
    tests: [`${rules}/evaluate/*.test.ts`],
  },
  tolerance: {
    mutate: [
      'packages/core/src/match/judge-variance.ts',
      `${rules}/operators/decimal-operators.ts`,
      `${rules}/operators/business-days-between.ts`,
    ],
    tests: [
      'packages/core/src/match/judge-variance.test.ts',
      `${rules}/operators/*.test.ts`,
      `${rules}/check/business-calendars.test.ts`,
    ],
  },
}

/** The least share of mutants a test must notice, in percent. */
const shareFoundMin = 95

const folder = 'temp/mutation'

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    'at-once': { type: 'string' },
  },
})
const unknown = asked.filter((name) => !Object.hasOwn(groups, name))
if (unknown.length > 0) {
  console.error(`no such group \`${unknown.join('`, `')}\`: ${Object.keys(groups).join(', ')}`)
  process.exit(2)
}

const shares = Object.entries(groups)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, group]) => together(name, mutate(name, group)))

for (const share of shares) console.log(written(share))
process.exit(shares.every((share) => percent(share) >= shareFoundMin) ? 0 : 1)

/** Mutates one group and counts what was found in each of its files. */
function mutate(name: string, { mutate: files, tests }: Group): readonly Share[] {
  mkdirSync(folder, { recursive: true })
  const configFile = join(folder, `${name}.vitest.config.ts`)
  const report = join(folder, `${name}.json`)
  writeFileSync(configFile, vitestConfig(tests))
  const settings = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile, related: false },
    // The mutator reads no settings of TypeScript 7, so it is given none.
    tsconfigFile: 'none.json',
    coverageAnalysis: 'perTest',
    mutate: [...(options.only ?? files), '!**/*.test.ts', '!**/*.examples.ts'],
    timeoutMS: 30_000,
    tempDirName: 'temp/stryker',
    inPlace: false,
    incremental: true,
    incrementalFile: join(folder, `${name}.known.json`),
    force: options.all ?? false,
    ...(options['at-once'] === undefined ? {} : { concurrency: Number(options['at-once']) }),
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    htmlReporter: { fileName: join(folder, `${name}.html`) },
    jsonReporter: { fileName: report },
    clearTextReporter: { allowColor: false, reportTests: false },
    ignorePatterns: ['dist', 'coverage', '.turbo', 'examples', 'docs', 'api'],
  }
  const file = join(folder, `${name}.stryker.json`)
  writeFileSync(file, JSON.stringify(settings, null, 2))
  const { status } = spawnSync('stryker', ['run', file], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  return counted(report)
}

function together(name: string, files: readonly Share[]): Share {
  for (const file of files) console.log(written(file))
  const sum = (of: 'found' | 'all') => files.reduce((total, file) => total + file[of], 0)
  return { name, found: sum('found'), all: sum('all') }
}

function vitestConfig(tests: readonly string[]): string {
  return `import { defineConfig } from 'vitest/config'
const conditions = ['@counterfoil/source', 'module-sync', 'node', 'import', 'default']
export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { include: ${JSON.stringify(tests)}, isolate: false, testTimeout: 60_000 },
})
`
}

type Report = {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >
}

/** What was found is killed or never ends; what a type or a compiler refuses is not counted. */
function counted(report: string): readonly Share[] {
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as Report
  return Object.entries(files)
    .filter(([name]) => options.only?.includes(name) ?? true)
    .map(([name, { mutants }]) => {
      const count = (...wanted: readonly string[]) =>
        mutants.filter(({ status }) => wanted.includes(status)).length
      const found = count('Killed', 'Timeout')
      return { name, found, all: found + count('Survived', 'NoCoverage') }
    })
}

function percent({ found, all }: Share): number {
  return all === 0 ? 100 : (found / all) * 100
}

function written(share: Share): string {
  return `${share.found} of ${share.all} found, ${percent(share).toFixed(1)} %: ${share.name}`
}

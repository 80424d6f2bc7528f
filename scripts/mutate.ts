/**
 * Mutation testing: changes the code in one place at a time and looks whether a test notices. `pnpm mutate` runs every
 * group, `pnpm mutate evaluate` one. A group is some code with the tests that stand for it, so that a mutant meets few
 * test files. Prints the share found of each group and what was not found; ends with 1 below the share aimed at.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Group = { readonly mutate: readonly string[]; readonly tests: readonly string[] }

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
    mutate: ['packages/core/src/match/judge-variance.ts'],
    tests: ['packages/core/src/match/judge-variance.test.ts'],
  },
}

/** The least share of mutants a test must notice, in percent. */
const shareFoundMin = 95

const folder = 'temp/mutation'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(groups, name))
if (unknown.length > 0) {
  console.error(`no such group \`${unknown.join('`, `')}\`: ${Object.keys(groups).join(', ')}`)
  process.exit(2)
}

const shares = Object.entries(groups)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, group]) => ({ name, ...mutate(name, group) }))

for (const { name, found, all } of shares) {
  console.log(`${name.padEnd(10)} ${found} of ${all} found: ${((found / all) * 100).toFixed(1)} %`)
}
process.exit(shares.every(({ found, all }) => (found / all) * 100 >= shareFoundMin) ? 0 : 1)

function mutate(name: string, { mutate: files, tests }: Group): { found: number; all: number } {
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
    mutate: [...files, '!**/*.test.ts', '!**/*.examples.ts'],
    timeoutMS: 30_000,
    tempDirName: 'temp/stryker',
    inPlace: false,
    reporters: ['clear-text', 'html', 'json'],
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

function vitestConfig(tests: readonly string[]): string {
  return `import { defineConfig } from 'vitest/config'
const conditions = ['@counterfoil/source', 'module-sync', 'node', 'import', 'default']
export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { include: ${JSON.stringify(tests)}, testTimeout: 60_000 },
})
`
}

type Report = {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >
}

/** What was found is killed or never ends; what a type or a compiler refuses is not counted. */
function counted(report: string): { found: number; all: number } {
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map((one) => one.status))
  const found = statuses.filter((status) => status === 'Killed' || status === 'Timeout').length
  const missed = statuses.filter((status) => status === 'Survived' || status === 'NoCoverage')
  return { found, all: found + missed.length }
}

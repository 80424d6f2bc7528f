/**
 * The gate. `pnpm check` runs every step and reports them all; `pnpm check lint types` runs those two.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { failuresIn } from './tell-failures.ts'

const report = 'temp/tests.json'

const steps: Readonly<Record<string, string>> = {
  format: 'oxfmt --check',
  lint: 'oxlint --deny-warnings --report-unused-disable-directives',
  types: 'tsc -p tsconfig.json',
  boundaries: 'turbo boundaries',
  // The tests of what coverage is asked of; `pnpm test` runs them all.
  coverage: 'vitest run --coverage packages/core packages/rules',
  generated: 'node scripts/check-generated.ts && node scripts/generate-requirements.ts --check',
  unused: 'knip',
  build: 'turbo run build --output-logs=errors-only',
  packages: 'node scripts/check-packages.ts',
  size: 'size-limit',
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in steps))
if (unknown.length > 0) {
  console.error(`no such step \`${unknown.join('`, `')}\`: ${Object.keys(steps).join(', ')}`)
  process.exit(2)
}

const results = Object.entries(steps)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, command]) => {
    console.log(`\n--- ${name}: ${command}`)
    // What an earlier run reported says nothing of this one.
    if (name === 'coverage') rmSync(report, { force: true })
    const startedAt = performance.now()
    const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
    return { name, passed: status === 0, seconds: (performance.now() - startedAt) / 1000 }
  })

console.log('')
// Coverage below its floor fails the step though no test failed.
if (results.some(({ name, passed }) => name === 'coverage' && !passed)) {
  const failures = failuresIn(report)
  const otherwise = ['failed: no test, but coverage or the runner: see the output of the step']
  for (const failure of failures.length > 0 ? failures : otherwise) console.log(failure)
}
for (const { name, passed, seconds } of results) {
  console.log(
    `${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s`,
  )
}
process.exit(results.every(({ passed }) => passed) ? 0 : 1)

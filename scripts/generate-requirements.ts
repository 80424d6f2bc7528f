/**
 * Writes docs/requirements.md: each requirement with the tests whose name cites it. A requirement no test cites is
 * listed as not shown yet. `--check` fails when the file is not what would be written.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { requirementTitles } from './requirement-titles.ts'

const target = 'docs/requirements.md'
const citations = new Map<number, Set<string>>()

for (const file of globSync('{packages,examples,bench}/**/*.test.ts', {
  exclude: (name) => name === 'node_modules' || name === 'dist',
}).toSorted()) {
  for (const [, title = ''] of readFileSync(file, 'utf8').matchAll(
    /\b(?:it|test|describe)(?:\.each\([^)]*\))?\(\s*(['"`].*?['"`]),?\s*(?:\(|async|$)/gms,
  )) {
    for (const [, number] of title.matchAll(/\bR-(\d{2,3})\b/g)) {
      const requirement = Number(number)
      citations.set(requirement, (citations.get(requirement) ?? new Set()).add(file))
    }
  }
}

const rows = requirementTitles.map((title, index) => {
  const files = [...(citations.get(index + 1) ?? [])]
  const shown = files.map((file) => `[${file.split('/').at(-1)}](../${file})`).join(', ')
  return `| R-${String(index + 1).padStart(2, '0')} | ${title} | ${shown || 'not shown yet'} |`
})
const shown = requirementTitles.filter((_, index) => citations.has(index + 1)).length
const text = `# Requirements

What the system must do, and the tests that show it. A test shows a requirement when its name cites the number; this file
is written from the tests by \`node scripts/generate-requirements.ts\`. ${shown} of ${requirementTitles.length} are cited by a
test. "Not shown yet" means that no test cites it, and nothing is claimed for it.

| | requirement | tests |
|---|---|---|
${rows.join('\n')}
`

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is stale: run \`node scripts/generate-requirements.ts\``)
    process.exit(1)
  }
} else writeFileSync(target, text)

/**
 * Writes docs/requirements.md: each requirement with the tests that cite it. A title cites one as `(R-21)`, and so may a row
 * of a table of tests; comments count for nothing. A requirement no test cites is listed as not shown yet. `--check` fails
 * when the file is not what would be written.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { requirementTitles } from './requirement-titles.ts'

const target = 'docs/requirements.md'
const citations = new Map<number, Set<string>>()

for (const file of globSync('{packages,examples,bench,faults,scripts}/**/*.test.ts', {
  exclude: (name) => name === 'node_modules' || name === 'dist',
}).toSorted()) {
  for (const number of cited(readFileSync(file, 'utf8'))) {
    citations.set(number, (citations.get(number) ?? new Set()).add(file))
  }
}
const unknown = [...citations.keys()].filter((number) => number > requirementTitles.length)
if (unknown.length > 0) throw new Error(`tests cite requirements there are not: ${unknown.join()}`)

const sections: readonly (readonly [first: number, heading: string])[] = [
  [1, 'Scope'],
  [9, 'What must not go wrong any more'],
  [26, 'The lifecycle'],
  [44, 'The boundary to the ERP'],
  [53, 'Channels, canonical documents, middleware'],
  [79, 'Decision support'],
  [92, 'The distributor'],
  [102, 'Adoption'],
  [110, 'Outcomes and governance'],
  [118, 'Measures'],
  [127, 'The packages'],
]
const rows = requirementTitles.flatMap((title, index) => {
  const number = index + 1
  const files = [...(citations.get(number) ?? [])]
  const shown = files.map((file) => `[${file.split('/').at(-1)}](../${file})`).join(', ')
  const heading = sections.find(([first]) => first === number)?.[1]
  const name = `R-${String(number).padStart(2, '0')}`
  return [
    ...(heading === undefined ? [] : ['', `## ${heading}`, '']),
    `- **${name}** ${title}: ${shown || 'not shown yet'}`,
  ]
})
const text = `# Requirements

What the system must do, and the tests that show it. A test shows a requirement when its name cites the number; this file
is written from the tests by \`npx pnpm requirements\`. Tests cite ${citations.size} of the ${requirementTitles.length}. "Not shown yet" means
that no test cites it, and nothing is claimed for it.
${rows.join('\n')}
`

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is stale: run \`npx pnpm requirements\``)
    process.exit(1)
  }
} else writeFileSync(target, text)

/** The numbers cited in parentheses, as in `(R-21, R-24)`, outside comments. */
function cited(source: string): readonly number[] {
  const said = source.replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '')
  return [...said.matchAll(/\(([A-Z]+-\d+(?:, [A-Z]+-\d+)*)\)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/\bR-(\d{2,3})\b/g)].map(([, number]) => Number(number)),
  )
}

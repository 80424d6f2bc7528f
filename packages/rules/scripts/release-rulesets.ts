/**
 * Releases every rule-set version in `rulesets/` that is not released yet: its cases must pass on our
 * evaluator and cover every rule, and from then on its folder never changes. `released.json` keeps the
 * hash. A released folder that did change is named, and nothing is written.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runRuleSetCases } from '@counterfoil/rules'
import { readReleased, releaseHash, ruleSetFolders, ruleSetsFolder } from './rule-set-folders.ts'

const released = readReleased()
const folders = ruleSetFolders()

const complaints = folders.flatMap(({ name, folder, loaded, cases }) => {
  if (released[name] !== undefined) {
    return released[name] === releaseHash(folder)
      ? []
      : [`${name} is released and was changed: put it back and write the change as a new version`]
  }
  const report = runRuleSetCases(loaded, cases)
  return [
    ...report.results.flatMap((one) =>
      one.differences.map((text) => `${name}, ${one.name}: ${text}`),
    ),
    ...report.rulesWithoutCase.map((rule) => `${name}: no case shows the rule \`${rule}\``),
    ...(report.hasNothingFires ? [] : [`${name}: no case shows that nothing fires`]),
  ]
})

for (const complaint of complaints) console.error(complaint)
if (complaints.length > 0) process.exit(1)

const added = folders.filter(({ name }) => released[name] === undefined)
const all = {
  ...released,
  ...Object.fromEntries(added.map(({ name, folder }) => [name, releaseHash(folder)])),
}
const sorted = Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(join(ruleSetsFolder, 'released.json'), `${JSON.stringify(sorted, null, 2)}\n`)
for (const { name } of added) console.log(`released ${name}`)
console.log(`${folders.length} versions, ${added.length} newly released`)

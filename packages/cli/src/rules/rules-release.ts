import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { releaseVersion } from '@counterfoil/rules/node'
import { decidingAt } from './describe-deciding.ts'
import { findVersion, onlyOne, type OpenFolder, openFolder } from './open-folder.ts'
import { askOf, changeOptions, now, required, whyBecause, whyBy } from './rules-change.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { tellChange } from './tell-change.ts'

/**
 * `counterfoil rules release ID@VERSION`: freezes a version and puts it in force. Refused where it cannot be loaded, a
 * case fails, a rule has none, what would be in force contradicts itself, or whoever wrote it releases it alone.
 */
export const rulesRelease: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      ...changeOptions,
      'approved-by': { type: 'string' },
      'written-by': { type: 'string' },
    },
  })
  const by = required(values.by, 'by', whyBy)
  const because = required(values.because, 'because', whyBecause)
  const open = openFolder(values)
  const aim = onlyOne(positionals, 'version, as in `price-tolerance@1.1.0`')
  const { id, version } = findVersion(open, aim)
  if (aim === id) throw noVersionNamed(open, id)
  const answer = releaseVersion({
    ...askOf(open, { id, by, because }),
    version,
    approvedBy: nameOf(values, 'approved-by'),
    writtenBy: nameOf(values, 'written-by'),
  })
  const day = now()
  const before = decidingAt(open, day)
  const after = () => decidingAt(openFolder(values), day)
  return tellChange(answer, { id, done: 'released', isJson: values.json, before, after }, out)
}

/** What is frozen is named: a name alone would release whichever draft is the highest. */
function noVersionNamed({ registry }: OpenFolder, id: string): CounterfoilError {
  const drafts = registry.versions.flatMap((one) =>
    one.id === id && one.standing === 'draft' ? [`${id}@${one.version}`] : [],
  )
  const which = drafts.length === 0 ? 'it has no draft' : `its drafts are ${drafts.join(', ')}`
  return new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot tell which version of \`${id}\` to release: name it as \`${id}@VERSION\`, ${which}`,
  )
}

type OtherPerson = 'approved-by' | 'written-by'

/** Another person, where one is named. */
function nameOf(
  values: { readonly [option in OtherPerson]?: string | undefined },
  option: OtherPerson,
): string | null {
  const name = values[option]
  return name === undefined ? null : required(name, option, 'a person has a name')
}

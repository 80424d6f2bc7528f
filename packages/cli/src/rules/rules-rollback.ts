import { parseArgs } from 'node:util'
import { rollBackVersion } from '@counterfoil/rules/node'
import { decidingAt } from './describe-deciding.ts'
import { onlyOne, openFolder } from './open-folder.ts'
import { askOf, changeOptions, now, required, whyBecause, whyBy } from './rules-change.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { tellChange } from './tell-change.ts'

/**
 * `counterfoil rules rollback ID[@VERSION] [--to VERSION]`: takes the version released last back, so that the one before
 * it decides again, or all that were released after the one named. Refused where a version is named and another was
 * released last, and where what is left would contradict itself.
 */
export const rulesRollback: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, ...changeOptions, to: { type: 'string' } },
  })
  const by = required(values.by, 'by', whyBy)
  const because = required(values.because, 'because', whyBecause)
  const open = openFolder(values)
  const aim = onlyOne(positionals, 'rule set, as in `price-tolerance` or `price-tolerance@1.1.0`')
  const [id = aim, version = null] = aim.split('@')
  // `--to price-tolerance@1.0.0` says the same as `--to 1.0.0`.
  const to = values.to?.startsWith(`${id}@`) ? values.to.slice(id.length + 1) : values.to
  const answer = rollBackVersion({
    ...askOf(open, { id, by, because }),
    version,
    to: to ?? null,
  })
  const day = now()
  const before = decidingAt(open, day)
  const after = () => decidingAt(openFolder(values), day)
  return tellChange(answer, { id, done: 'rolled back', isJson: values.json, before, after }, out)
}

import { parseArgs } from 'node:util'
import { instant } from '@counterfoil/core'
import {
  inForceOf,
  type RegistryAnswer,
  releaseVersion,
  rollBackVersion,
} from '@counterfoil/rules/node'
import { alongsideOf, findVersion, onlyOne, openFolder, required } from './open-folder.ts'
import { registryOptions, type RulesSubcommand, type Write } from './rules-subcommand.ts'

const whyBecause = 'the audit says why'

/**
 * `counterfoil rules release ID@VERSION`: freezes a version and puts it in force. Refused where it cannot be loaded, a
 * case fails, a rule has none, or whoever wrote it releases it alone.
 */
export const rulesRelease: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      by: { type: 'string' },
      because: { type: 'string' },
      'approved-by': { type: 'string' },
      'written-by': { type: 'string' },
    },
  })
  const by = required(values.by, 'by', 'somebody answers for it')
  const because = required(values.because, 'because', whyBecause)
  const open = openFolder(values)
  const { id, version, loaded } = findVersion(
    open,
    onlyOne(positionals, 'version, as in `price-tolerance@1.1.0`'),
  )
  const own = [...inForceOf(open.registry), ...(loaded === null ? [] : [loaded])]
  const at = instant(new Date().toISOString())
  const answer = releaseVersion({
    folder: open.folder,
    bases: open.bases,
    alongside: alongsideOf(open.bases, own),
    id,
    version,
    by,
    because,
    at,
    approvedBy: nameOf(values, 'approved-by'),
    writtenBy: nameOf(values, 'written-by'),
  })
  const exit = tell({ answer, isJson: values.json, done: 'released' }, id, out)
  const firstDay = loaded?.ruleSet.effectiveFrom ?? ''
  if (exit === 0 && !values.json && firstDay > at.slice(0, 10)) {
    out(`it decides documents dated from ${firstDay} on, and none before`)
  }
  return exit
}

/**
 * `counterfoil rules rollback ID[@VERSION]`: takes the version released last back, so that the one before it decides again.
 * Refused where a version is named and another was released last.
 */
export const rulesRollback: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, by: { type: 'string' }, because: { type: 'string' } },
  })
  const by = required(values.by, 'by', 'somebody answers for it')
  const because = required(values.because, 'because', whyBecause)
  const open = openFolder(values)
  const aim = onlyOne(positionals, 'rule set, as in `price-tolerance` or `price-tolerance@1.1.0`')
  const [id = aim, version] = aim.split('@')
  const last = open.registry.state.inForce[id]?.at(-1)
  if (version !== undefined && version !== last) {
    const is = last === undefined ? 'nothing of it is in force' : `\`${id}@${last}\` was`
    const reasons = [
      `\`${aim}\` was not released last, ${is}: only what was released last is taken back`,
    ]
    const refused = { outcome: 'refused', reasons } as const
    return tell({ answer: refused, isJson: values.json, done: 'rolled back' }, id, out)
  }
  const at = instant(new Date().toISOString())
  const answer = rollBackVersion({ folder: open.folder, bases: open.bases, id, by, because, at })
  return tell({ answer, isJson: values.json, done: 'rolled back' }, id, out)
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

type Told = { readonly answer: RegistryAnswer; readonly isJson: boolean; readonly done: string }

function tell({ answer, isJson, done }: Told, id: string, out: Write): number {
  if (isJson) out(JSON.stringify(answer))
  else if (answer.outcome === 'refused') {
    for (const reason of answer.reasons) out(reason)
    out('refused: nothing was changed')
  } else {
    out(`${done} ${id}@${answer.version}`)
    out(`in force was ${answer.from ?? 'none'}, is ${answer.to ?? 'none'}`)
    if (answer.to === null) {
      out(`nothing of ${id} decides from now on: the other sets in force do, or the defaults`)
    }
  }
  return answer.outcome === 'done' ? 0 : 1
}

import { parseArgs } from 'node:util'
import { type AuditEntry, CounterfoilError } from '@counterfoil/core'
import { describeAct, type Registry, type RuleSetFileFinding } from '@counterfoil/rules/node'
import { openFolderAsItIs } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'

/**
 * `counterfoil rules audit [ID]`: who began, released and took back which version, when and why. The chain itself is
 * `audit.jsonl` of the folder, checked by `counterfoil verify-audit`.
 */
export const rulesAudit: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: registryOptions,
  })
  const { registry } = openFolderAsItIs(values)
  for (const id of positionals) refuseUnknown(registry, id)
  const wanted = new Set(positionals.map((id) => `rule-set:${id}`))
  const entries = registry.audit.filter(
    ({ aggregate }) => wanted.size === 0 || wanted.has(aggregate),
  )
  for (const entry of entries) out(values.json ? JSON.stringify(entry) : describe(entry))
  const tell = ({ file, sentence }: RuleSetFileFinding, json: object): void =>
    out(values.json ? JSON.stringify(json) : `${file}: ${sentence}`)
  for (const problem of registry.problems) tell(problem, { problem })
  for (const unfinished of registry.unfinished) tell(unfinished, { unfinished })
  return registry.problems.length > 0 ? 1 : 0
}

function refuseUnknown({ folder, versions, audit }: Registry, id: string): void {
  const isKnown =
    versions.some((one) => one.id === id) ||
    audit.some(({ aggregate }) => aggregate === `rule-set:${id}`)
  if (isKnown) return
  throw new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot find \`${id}\` in \`${folder}\`: name a rule set as \`rules list\` shows it, without its version`,
  )
}

function describe(entry: AuditEntry): string {
  const { at, from, to, reason, policy } = entry
  const moved = from === to ? '' : `, in force ${from ?? 'none'} → ${to ?? 'none'}`
  const others = policy.slice(1).map(({ ruleSet, version }) => `${ruleSet}@${version}`)
  const withIt = others.length === 0 ? '' : `, with it ${others.join(', ')}`
  return `${at} ${describeAct(entry)}: ${reason ?? ''}${moved}${withIt}`
}

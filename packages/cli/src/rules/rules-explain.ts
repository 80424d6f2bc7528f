import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { CounterfoilError, PolicyDecision } from '@counterfoil/core'
import { english, explainDecision, german } from '@counterfoil/rules/explain'
import * as z from 'zod'
import { onlyOne, openFolder, type OpenFolder } from './open-folder.ts'
import { registryOptions, type RulesSubcommand, type Write } from './rules-subcommand.ts'

const RecordLine = z.strictObject({
  ruleSet: z.string(),
  version: z.string(),
  hash: z.string(),
  fired: z.string(),
  given: z.string(),
  slots: z.array(z.json()),
})

/**
 * `counterfoil rules explain FILE`: explains each decision of a file (one a line, JSON): a decision record, or the
 * `decision` stored beside an answer. `-` reads from the keyboard.
 */
export const rulesExplain: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, language: { type: 'string', default: 'en' } },
  })
  const path = onlyOne(positionals, 'file of decisions, or - for what is piped in')
  const text = await readFile(path === '-' ? '/dev/stdin' : path, 'utf8')
  const open = openFolder(values)
  const language = values.language === 'de' ? german : english
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    explainLine({ open, language, isJson: values.json }, parse(line), out)
  }
  return 0
}

type Explaining = {
  readonly open: OpenFolder
  readonly language: typeof english
  readonly isJson: boolean
}

function explainLine({ open, language, isJson }: Explaining, value: unknown, out: Write): void {
  const record = RecordLine.safeParse(value)
  if (record.success) {
    const decision = record.data
    const explained = explainDecision(versionOf(open, decision.hash), decision, { language })
    if (isJson) out(JSON.stringify(explained))
    else tell(`${decision.ruleSet}@${decision.version}`, explained.sentences, out)
    return
  }
  const stored = PolicyDecision.safeParse(value)
  if (!stored.success) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      'cannot read a line as a decision: give a decision record, or the `decision` of an answer',
    )
  }
  const { reference, firedRules, because, facts } = stored.data
  if (isJson) out(JSON.stringify(stored.data))
  else {
    const fired = firedRules.length === 0 ? 'no rule' : firedRules.join(', ')
    const seen = Object.entries(facts).map(([name, fact]) => `${name} is ${JSON.stringify(fact)}`)
    tell(
      `${reference.ruleSet}@${reference.version}`,
      [`${fired} decided: ${because.join('; ')}`, ...seen],
      out,
    )
  }
}

function versionOf({ registry, bases }: OpenFolder, hash: string) {
  const all = [...registry.versions.flatMap(({ loaded }) => loaded ?? []), ...bases]
  const found = all.find(({ reference }) => reference.hash === hash)
  if (found !== undefined) return found
  throw new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot explain: no version with the hash \`${hash.slice(0, 12)}\` is here, name its folder with --registry`,
  )
}

function tell(version: string, sentences: readonly string[], out: Write): void {
  out(version)
  for (const sentence of sentences) out(`  ${sentence}`)
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

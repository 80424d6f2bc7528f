import { parseArgs } from 'node:util'
import { CounterfoilError, PolicyDecision } from '@counterfoil/core'
import { english, explainDecision, german, type Language } from '@counterfoil/rules/explain'
import {
  type DecisionRecord,
  readDecisionLine,
  recordContradiction,
} from '@counterfoil/rules/replay'
import { onlyOne, openFolderIfThere, type OpenFolder } from './open-folder.ts'
import { linesOf, type NumberedLine } from './read-lines.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'

/**
 * `counterfoil rules explain FILE`: explains each decision of a file, one a line: a decision record as
 * `replay --record-decisions` keeps them or as JSON, or the `decision` stored beside an answer. A record is held against
 * the version of its hash, and one that was changed is refused; a stored decision is told as it stands, which is said
 * beside it. `-` reads what is piped in.
 */
export const rulesExplain: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, language: { type: 'string', default: 'en' } },
  })
  const path = onlyOne(positionals, 'file of decisions, or - for what is piped in')
  const words = wordsOf(values.language)
  const open = openFolderIfThere(values)
  for await (const line of linesOf(path)) {
    const explained = explainLine(line, { open, words })
    if (values.json) out(JSON.stringify(explained.plain))
    else {
      out(explained.version)
      for (const sentence of explained.sentences) out(`  ${sentence}`)
    }
  }
  return 0
}

/** The language of the explanations, and the few words around a stored decision. */
type Words = {
  readonly language: Language
  readonly noRule: string
  readonly notVerified: string
  readonly decided: (rules: string, because: string) => string
  readonly saw: (place: string, value: string) => string
}

const languages: readonly Words[] = [
  {
    language: english,
    noRule: 'no rule',
    notVerified: 'told as it was stored, not verified against the rules',
    decided: (rules, because) => `${rules} decided: ${because}`,
    saw: (place, value) => `${place} is ${value}`,
  },
  {
    language: german,
    noRule: 'keine Regel',
    notVerified: 'wiedergegeben wie gespeichert, nicht an den Regeln geprüft',
    decided: (rules, because) => `${rules} hat entschieden: ${because}`,
    saw: (place, value) => `${place} ist ${value}`,
  },
]

function wordsOf(tag: string): Words {
  const words = languages.find(({ language }) => language.tag === tag)
  if (words !== undefined) return words
  const known = languages.map(({ language }) => language.tag).join(' or ')
  throw new CounterfoilError('SETTINGS_INVALID', `cannot explain in \`${tag}\`: choose ${known}`)
}

type Explaining = { readonly open: OpenFolder; readonly words: Words }

type Explained = {
  readonly version: string
  readonly sentences: readonly string[]
  /** The same for machines. */
  readonly plain: object
}

function explainLine({ text, number }: NumberedLine, explaining: Explaining): Explained {
  const read = readDecisionLine(text)
  if ('record' in read) return explainRecord(read.record, number, explaining)
  const stored = PolicyDecision.safeParse(parse(text))
  if (stored.success) return explainStored(stored.data, explaining.words)
  throw new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot read line ${number} as a decision: give a decision record, or the \`decision\` of an answer`,
  )
}

function explainRecord(
  record: DecisionRecord,
  number: number,
  { open, words: { language } }: Explaining,
): Explained {
  const { registry, bases } = open
  const all = [...registry.versions.flatMap(({ loaded }) => loaded ?? []), ...bases]
  const made = all.find(({ reference }) => reference.hash === record.hash)
  const version = `${record.ruleSet}@${record.version}`
  if (made === undefined) {
    throw new CounterfoilError(
      'RULE_SET_NOT_FOUND',
      `cannot explain line ${number}: \`${version}\` with the hash \`${record.hash.slice(0, 12)}\` is not here, name its folder with --registry`,
    )
  }
  const contradiction = recordContradiction(made, record)
  if (contradiction !== null) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      `cannot explain line ${number} as a decision of \`${version}\`, ${contradiction}: it was changed after it was written, take it from a copy`,
    )
  }
  const plain = explainDecision(made, record, { language })
  return { version, sentences: plain.sentences, plain }
}

function explainStored(
  decision: PolicyDecision,
  { noRule, notVerified, decided, saw }: Words,
): Explained {
  const { reference, firedRules, because, facts } = decision
  const rules = firedRules.length === 0 ? noRule : firedRules.join(', ')
  const seen = Object.entries(facts).map(([place, fact]) => saw(place, JSON.stringify(fact)))
  return {
    version: `${reference.ruleSet}@${reference.version}`,
    sentences: [decided(rules, because.join('; ')), ...seen, notVerified],
    plain: { ...decision, verified: false },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

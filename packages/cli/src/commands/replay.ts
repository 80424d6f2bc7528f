import { existsSync, globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CounterfoilError, type Policy } from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { recordDecisions, writeMatchRecord } from '@counterfoil/rules/replay'
import { readRegister } from '../replay/read-register.ts'
import { readTraces } from '../replay/read-traces.ts'
import { joinParts, recordPart } from '../replay/record-parts.ts'
import { replayInParts } from '../replay/replay-in-parts.ts'
import { type ReplayPart, replayPart } from '../replay/replay-part.ts'
import { describeReport, shareApplied } from '../replay/replay-report.ts'
import { canonicalOf, readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

/** The least share of events that must be applied, in percent. */
const shareAppliedMin = 95

/**
 * `counterfoil replay`: joins recorded order histories with a purchase register and runs them through the lifecycles and
 * the canonical rule sets. Prints what became of every activity; ends with 1 when too little was applied or an invariant
 * broke, 2 when the data is not there.
 */
export async function replayCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: process.env['COUNTERFOIL_DATA'] ?? '' },
      traces: { type: 'string' },
      register: { type: 'string' },
      'rule-sets': { type: 'string', default: '' },
      every: { type: 'string', default: '1' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      part: { type: 'string' },
      record: { type: 'string' },
      'record-decisions': { type: 'string' },
    },
  })
  const register = readRegister(values.register ?? only(values.data, '*.csv', 'register'))
  const { traces, unreadable } = readTraces(
    values.traces ?? only(values.data, '*.jsonl{,.gz}', 'traces'),
  )
  const every = atLeastOne(values.every)
  const run = (index: number, of: number) =>
    replayPart(
      traces,
      register.lines,
      policyOf(values['rule-sets'], recordPart(values['record-decisions'], index)),
      { every, index, of, ...recordMatches(recordPart(values.record, index)) },
    )
  if (values.part !== undefined) {
    const [index = 0, of = 1] = values.part.split('/').map(Number)
    out(JSON.stringify(run(index, of)))
    return 0
  }
  out(`${traces.length} traces, ${register.lines.length} register lines that order something`)
  out(`${register.passedOver} register lines order nothing and are passed over`)
  for (const { lineNumber, sentence } of unreadable) {
    out(`line ${lineNumber} is no trace: ${sentence}`)
  }
  const jobs = Math.min(atLeastOne(values.jobs), Math.ceil(traces.length / every))
  const report = jobs > 1 ? await replayInParts(args, jobs) : run(0, 1)
  for (const line of describeReport(report)) out(line)
  if (values.record !== undefined) {
    out(`${await joinParts(values.record, jobs)} matches recorded in ${values.record}`)
  }
  const decisions = values['record-decisions']
  if (decisions !== undefined) {
    out(`${await joinParts(decisions, jobs)} decisions recorded in ${decisions}`)
  }
  const isGood =
    unreadable.length === 0 &&
    report.brokenInvariants.length === 0 &&
    shareApplied(report) >= shareAppliedMin
  return isGood ? 0 : 1
}

/** What tells a part of its matches, where somebody keeps them. */
function recordMatches(write: ((line: string) => void) | null): Pick<ReplayPart, 'record'> {
  return write === null ? {} : { record: (match) => write(writeMatchRecord(match)) }
}

function atLeastOne(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1) return number
  throw new CounterfoilError('SETTINGS_INVALID', `cannot take \`${text}\`: write a whole number`)
}

/** The rule sets of a folder, the canonical ones where none is named, with each decision recorded where somebody keeps them. */
function policyOf(folder: string, record: ((line: string) => void) | null): Policy {
  const ruleSets = folder === '' ? canonicalOf(readyMadeRuleSets()) : loadRuleSetFolder(folder)
  const policy = createPolicy({ ruleSets })
  return record === null ? policy : recordDecisions(policy, ruleSets, record)
}

/** The one file of that kind in a folder. */
function only(folder: string, pattern: string, option: string): string {
  if (folder === '' || !existsSync(folder)) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot find \`${folder}\`: name the folder of the data with --data or COUNTERFOIL_DATA`,
    )
  }
  const [found, ...others] = globSync(pattern, { cwd: folder })
  if (found !== undefined && others.length === 0) return join(folder, found)
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot tell which file of \`${folder}\` to take: name it with --${option}`,
  )
}

import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { checkInvariants, CounterfoilError, type Policy } from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { planOrder } from '../replay/plan-order.ts'
import { readRegister } from '../replay/read-register.ts'
import { readTraces } from '../replay/read-traces.ts'
import { addToReport, describeReport, emptyReport, shareApplied } from '../replay/replay-report.ts'
import { replayTrace } from '../replay/replay-trace.ts'

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
    },
  })
  const tracesFile = values.traces ?? only(values.data, '*.jsonl{,.gz}', 'traces')
  const registerFile = values.register ?? only(values.data, '*.csv', 'register')
  const { lines, passedOver } = readRegister(registerFile)
  const { traces, unreadable } = readTraces(tracesFile)
  out(`${traces.length} traces, ${lines.length} register lines, ${passedOver} that order nothing`)
  for (const { lineNumber, sentence } of unreadable)
    out(`line ${lineNumber} is no trace: ${sentence}`)

  const policy = canonicalPolicy(values['rule-sets'])
  const every = Math.max(1, Number(values.every))
  let report = emptyReport
  for (const [index, trace] of traces.entries()) {
    const content = lines[index % lines.length]
    if (content === undefined || index % every !== 0) continue
    const replayed = replayTrace(trace, planOrder(trace, content), policy)
    const broken = checkInvariants(replayed.world).map(
      ({ invariant, sentence }) => `INV-${invariant} ${trace.po}/${trace.line}: ${sentence}`,
    )
    report = addToReport(report, replayed, broken)
  }
  for (const line of describeReport(report)) out(line)
  const isGood =
    unreadable.length === 0 &&
    report.brokenInvariants.length === 0 &&
    shareApplied(report) >= shareAppliedMin
  return isGood ? 0 : 1
}

function canonicalPolicy(folder: string): Policy {
  const readyMade = dirname(
    fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
  )
  if (folder !== '') return createPolicy({ ruleSets: loadRuleSetFolder(folder) })
  const canonical = loadRuleSetFolder(readyMade).filter(({ ruleSet }) =>
    ruleSet.id.startsWith('canonical-'),
  )
  return createPolicy({ ruleSets: canonical })
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

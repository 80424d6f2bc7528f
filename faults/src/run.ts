/**
 * Does real faults to real runtimes and prints what came of them: `pnpm faults` does all of them, `pnpm faults kill` those
 * of a name. `--sqlite 300 --postgres 100 --server 10` says how often processes and the server die, `--seed 7` decides
 * when, `--mistake 'marked before it is sent'` plants a mistake that must be found. Ends with 1 when anything was wrong.
 */
import { parseArgs } from 'node:util'
import { type FaultName, faultNames, type FaultOptions, faults, isFault } from './faults.ts'
import { isMistake, mistakes } from './mistakes.ts'
import { printed } from './report.ts'
import { openStage } from './stage.ts'

const { names, options } = read()
const stage = await openStage()
let wrong = 0
try {
  for (const name of names) {
    for (const report of await faults[name](stage, options)) {
      console.log(`${printed(report)}\n`)
      wrong += report.faults
    }
  }
} finally {
  stage.close()
}
process.exit(wrong === 0 ? 0 : 1)

function read(): { readonly names: readonly FaultName[]; readonly options: FaultOptions } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sqlite: { type: 'string', default: '300' },
      postgres: { type: 'string', default: '100' },
      server: { type: 'string', default: '10' },
      documents: { type: 'string', default: '10000' },
      orders: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      mistake: { type: 'string' },
    },
  })
  const unknown = positionals.filter((name) => !isFault(name))
  if (unknown.length > 0)
    refuse(`no such fault \`${unknown.join('`, `')}\`: ${faultNames.join(', ')}`)
  const { mistake = null } = values
  if (mistake !== null && !isMistake(mistake)) {
    return refuse(`no such mistake \`${mistake}\`: ${Object.keys(mistakes).join(', ')}`)
  }
  const numberOf = (
    name: 'sqlite' | 'postgres' | 'server' | 'documents' | 'orders' | 'seed',
  ): number => {
    const number = Number(values[name])
    return Number.isSafeInteger(number) && number >= 0
      ? number
      : refuse(`\`--${name}\` takes a whole number, not \`${values[name]}\``)
  }
  return {
    names: positionals.length === 0 ? faultNames : positionals.filter(isFault),
    options: {
      sqlite: numberOf('sqlite'),
      postgres: numberOf('postgres'),
      server: numberOf('server'),
      documents: numberOf('documents'),
      orders: numberOf('orders'),
      seed: numberOf('seed'),
      mistake,
    },
  }
}

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}

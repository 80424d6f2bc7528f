#!/usr/bin/env node
import { CounterfoilError } from '@counterfoil/core'
import { matchCasesCommand } from './commands/match-cases.ts'
import { readCommand } from './commands/read.ts'
import { replayCommand } from './commands/replay.ts'
import { verifyAuditCommand } from './commands/verify-audit.ts'

type Command = {
  readonly usage: string
  readonly about: string
  readonly run: (args: readonly string[], out: (line: string) => void) => Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  'match-cases': { usage: 'match-cases FILE...', about: 'run worked match cases; one line a case', run: matchCasesCommand },
  read: { usage: 'read [--supplier ID] FILE...', about: 'print the canonical JSON of a document, or its findings', run: readCommand },
  replay: { usage: 'replay [--data FOLDER]', about: 'run recorded order histories through the lifecycles', run: replayCommand },
  'verify-audit': { usage: 'verify-audit FILE', about: 'check an exported audit chain offline', run: verifyAuditCommand },
}

function help(): string {
  const rows = Object.values(commands).map((command) => `  ${command.usage.padEnd(32)} ${command.about}`)
  return ['usage: counterfoil COMMAND', '', ...rows].join('\n')
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  const command = name === undefined ? undefined : commands[name]
  if (!command) {
    const asked = name === undefined || name === 'help' || name === '--help'
    process.stdout.write(`${asked ? '' : `no command \`${name}\`\n`}${help()}\n`)
    return asked && name !== undefined ? 0 : 2
  }
  try {
    return await command.run(rest, (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    // A missing file or a bad option is the caller's to mend; anything else keeps its stack.
    const known = CounterfoilError.is(error) || (error instanceof Error && 'code' in error)
    process.stderr.write(`counterfoil ${name}: ${known || !(error instanceof Error) ? String(error) : error.stack}\n`)
    return 2
  }
}

process.exitCode = await main(process.argv.slice(2))

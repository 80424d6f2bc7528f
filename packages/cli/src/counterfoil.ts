#!/usr/bin/env node
/** Writes a line; `out` is what was asked for, `warn` what else should be known. */
type Write = (line: string) => void

type Command = {
  readonly usage: string
  readonly about: string
  /** What `--help` prints where usage and about do not say it all. */
  readonly help?: () => Promise<string>
  /** Loaded when it is called, so that one command never waits for another. */
  readonly load: () => Promise<
    (args: readonly string[], out: Write, warn: Write) => Promise<number>
  >
}

const commands: Readonly<Record<string, Command>> = {
  audit: {
    usage: 'audit export --store STORE --tenant TENANT --to FILE --sign KEY.pem --key-id ID',
    about: 'write the signed audit log of a tenant into a file that anybody can verify',
    load: async () => (await import('./commands/audit.ts')).auditCommand,
  },
  disruption: {
    usage: 'disruption --store STORE --tenant TENANT --supplier S100 --from DAY [--until DAY]',
    about:
      'say what a supplier, a site, an item or a lane that fails touches; give its cases or approvals to others, previewed first',
    load: async () => (await import('./commands/disruption.ts')).disruptionCommand,
  },
  drift: {
    usage: 'drift --store STORE --tenant TENANT',
    about: 'list what systems say otherwise than it stands here: both values, since when, whose',
    load: async () => (await import('./commands/drift.ts')).driftCommand,
  },
  evidence: {
    usage: 'evidence INVOICE --store STORE --tenant TENANT --to FOLDER',
    about: 'write all that an auditor needs to follow an invoice into a folder that checks itself',
    load: async () => (await import('./commands/evidence.ts')).evidenceCommand,
  },
  'match-cases': {
    usage: 'match-cases FILE...',
    about: 'run worked match cases; one line a case',
    load: async () => (await import('./commands/match-cases.ts')).matchCasesCommand,
  },
  metrics: {
    usage: 'metrics --store STORE --tenant TENANT [METRIC...]',
    about:
      'measure the books: confirmations, changes, receipts, matches, cases, deliveries, variances',
    load: async () => (await import('./commands/metrics.ts')).metricsCommand,
  },
  migrate: {
    usage: 'migrate --check --store STORE [--json]',
    about:
      'say what this release would change or break in the states of a store; writes nothing and ends with 1 when something breaks',
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  'order-at': {
    usage: 'order-at --store STORE --at INSTANT ORDER-KEY',
    about: 'print an order, its invoices, cases and holds as they were, and what led there',
    load: async () => (await import('./commands/order-at.ts')).orderAtCommand,
  },
  read: {
    usage: 'read [OPTIONS] FILE...',
    about: 'print documents as canonical JSON, or what is wrong and where',
    load: async () => (await import('./commands/read.ts')).readCommand,
  },
  rebuild: {
    usage: 'rebuild --store STORE [--json]',
    about: 'work all states and lists out again from the stored events',
    load: async () => (await import('./commands/rebuild.ts')).rebuildCommand,
  },
  replay: {
    usage: 'replay [--data FOLDER] [--record FILE]',
    about: 'run recorded order histories through the lifecycles',
    load: async () => (await import('./commands/replay.ts')).replayCommand,
  },
  retention: {
    usage: 'retention --store STORE --tenant TENANT --rules FILE [--purge ...]',
    about:
      'say what has been kept long enough and why the rest stays; with --purge, archive what may go and take it out of the books',
    load: async () => (await import('./commands/retention.ts')).retentionCommand,
  },
  rules: {
    usage: 'rules COMMAND',
    about: 'try versions of rule sets, release them and take them back; `rules help` says more',
    help: async () => (await import('./commands/rules.ts')).rulesHelp(),
    load: async () => (await import('./commands/rules.ts')).rulesCommand,
  },
  'verify-audit': {
    usage: 'verify-audit [OPTIONS] FILE',
    about: 'check an exported audit chain offline',
    load: async () => (await import('./commands/verify-audit.ts')).verifyAuditCommand,
  },
  'verify-books': {
    usage: 'verify-books --store STORE --tenant TENANT [--keys FILE] [--head HASH]...',
    about: 'hold every stored event and state against the audit log and its signed heads',
    load: async () => (await import('./commands/verify-books.ts')).verifyBooksCommand,
  },
}

const usageExit = 2

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    out(help())
    return name === undefined ? usageExit : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    warn(`counterfoil: no command \`${name}\``)
    warn(help())
    return usageExit
  }
  if (asksForHelp(rest)) {
    out((await command.help?.()) ?? `usage: counterfoil ${command.usage}\n\n${command.about}`)
    return 0
  }
  try {
    const run = await command.load()
    return await run(rest, out, warn)
  } catch (error) {
    warn(`counterfoil ${name}: ${await describeError(error)}`)
    return usageExit
  }
}

function help(): string {
  const rows = Object.values(commands).map(({ usage, about }) => `  ${usage.padEnd(40)} ${about}`)
  return [
    'usage: counterfoil COMMAND',
    '',
    ...rows,
    '',
    'counterfoil COMMAND --help says more',
  ].join('\n')
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}

/** A missing file or a bad option is the caller's to mend; anything else keeps its stack. */
async function describeError(error: unknown): Promise<string> {
  if (!(error instanceof Error)) return String(error)
  const { CounterfoilError } = await import('@counterfoil/core')
  // What node says of an option is several lines.
  const isOfOptions = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (isOfOptions) return error.message
  const isKnown = CounterfoilError.is(error) || 'code' in error
  if (!isKnown) return error.stack ?? error.message
  const { oneLine } = await import('@counterfoil/rules/node')
  return oneLine(error.message)
}

function out(line: string): void {
  process.stdout.write(`${line}\n`)
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`)
}

// Whoever reads the output may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await main(process.argv.slice(2))

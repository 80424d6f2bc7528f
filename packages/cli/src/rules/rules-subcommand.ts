/** Writes a line. */
export type Write = (line: string) => void

/** One of the things `counterfoil rules` does: 0 where all is well, 1 where something was found or refused. */
export type RulesSubcommand = (args: readonly string[], out: Write, warn: Write) => Promise<number>

/** Options every subcommand takes. */
export const registryOptions = {
  registry: { type: 'string', default: 'rulesets' },
  bases: { type: 'string', default: '' },
  fetched: { type: 'string', default: '' },
  json: { type: 'boolean', default: false },
} as const

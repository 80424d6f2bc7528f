import { CounterfoilError, type Instant, instant } from '@counterfoil/core'
import type { RegistryAnswer, RegistryAsk } from '@counterfoil/rules/node'
import type { OpenFolder } from './open-folder.ts'
import type { Write } from './rules-subcommand.ts'

/** What every command that changes a folder takes. */
export const changeOptions = { by: { type: 'string' }, because: { type: 'string' } } as const

/** Why somebody is asked who they are, and why. */
export const whyBy = 'somebody answers for it'
export const whyBecause = 'the audit says why'

/** Who asks for a change of which rule set, and why. */
type Asking = Pick<RegistryAsk, 'id' | 'by' | 'because'>

/** A change of the folder, with all that the rule sets in it may need. The clock is read when nobody else can change it. */
export function askOf(
  { folder, bases, fetched, alongside }: OpenFolder,
  asking: Asking,
): RegistryAsk {
  return { folder, bases, fetched, alongside, ...asking, at: now }
}

/** The time by the clock of this machine. */
export function now(): Instant {
  return instant(new Date().toISOString())
}

/** A name or a reason that has to be given, without blanks around it. */
export function required(value: string | undefined, option: string, why: string): string {
  if (value !== undefined && value.trim() !== '') return value.trim()
  throw new CounterfoilError('SETTINGS_INVALID', `cannot do without --${option}: ${why}`)
}

/** Says what an earlier change had left undone and is done now. */
export function tellFinished({ finished }: RegistryAnswer, out: Write): void {
  for (const { file, sentence } of finished) out(`finished first, ${file}: ${sentence}`)
}

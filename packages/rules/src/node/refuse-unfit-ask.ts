import { Actor, AuditRecord, CounterfoilError } from '@counterfoil/core'
import * as z from 'zod'
import { oneLine } from '../registry/one-line.ts'
import { RuleSetId, RuleSetVersion } from '../rule-set/rule-set.ts'
import type { RegistryAsk } from './registry-ask.ts'

/** What a change of a registry may bring, all of which goes into the audit; null or left out where it is not given. */
type AskedWords = Pick<RegistryAsk, 'id' | 'by' | 'because'> & {
  readonly version?: string | null
  readonly to?: string | null
  readonly approvedBy?: string | null
  readonly writtenBy?: string | null
}

const line = z
  .string()
  .refine((text) => text.trim() !== '', 'it is blank: write who, or why')
  .refine((text) => oneLine(text) === text, 'write it in one line, without control characters')

const name = line.pipe(Actor.shape.id)

const words: readonly (readonly [keyof AskedWords, string, z.ZodType])[] = [
  ['id', 'the rule set', RuleSetId],
  ['version', 'the version', RuleSetVersion],
  ['to', 'the version', RuleSetVersion],
  ['by', 'a name', name],
  ['approvedBy', 'a name', name],
  ['writtenBy', 'a name', name],
  ['because', 'the reason', line.pipe(AuditRecord.shape.reason.unwrap())],
]

/**
 * Throws `SETTINGS_INVALID` for a name, a reason, a rule set or a version that the audit could not keep, or that would
 * not print as the one line it is, so that one entry could look like two.
 */
export const refuseUnfit = (asked: AskedWords): void => {
  for (const [field, what, schema] of words) {
    const text = asked[field]
    if (text === undefined || text === null) continue
    const [issue] = schema.safeParse(text).error?.issues ?? []
    if (issue === undefined) continue
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot take \`${oneLine(text).slice(0, shownMax)}\` as ${what}: ${issue.message}`,
    )
  }
}

const shownMax = 120

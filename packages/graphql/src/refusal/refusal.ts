import type { CommandAnswer } from '@counterfoil/runtime'

/** Why a command was not carried out, as the schema shows it. */
export type RefusalNode = {
  readonly __typename:
    | 'AlreadySettled'
    | 'NotAllowed'
    | 'NotFound'
    | 'VersionConflict'
    | 'IdempotencyKeyReused'
    | 'InputRefused'
    | 'Parked'
  readonly code: string
  readonly sentence: string
  readonly expectedVersion?: number
  readonly currentVersion?: number
}

/** The types of refusal any command about an order, shipment or invoice may get. */
export const commonRefusals = [
  'NotAllowed',
  'NotFound',
  'VersionConflict',
  'IdempotencyKeyReused',
  'InputRefused',
  'Parked',
] as const

/** The answer to a command as a refusal; null when there was something to do, or nothing was left to do. */
export function refusalIn(answer: CommandAnswer): RefusalNode | null {
  switch (answer.outcome) {
    case 'applied':
    case 'duplicate':
      return null
    case 'parked':
      return { __typename: 'Parked', code: codeOf(answer.reason), sentence: answer.sentence }
    case 'version-conflict': {
      const { code, sentence, expectedVersion, currentVersion } = answer
      return { __typename: 'VersionConflict', code, sentence, expectedVersion, currentVersion }
    }
    case 'refused': {
      const __typename = typeByReason.get(answer.reason) ?? 'NotAllowed'
      return { __typename, code: codeOf(answer.reason), sentence: answer.sentence }
    }
  }
}

/** A refusal because there is nothing under an id. */
export function notFound(sentence: string): RefusalNode {
  return { __typename: 'NotFound', code: 'NOT_FOUND', sentence }
}

/** A refusal because it cannot be done. */
export function notAllowed(code: string, sentence: string): RefusalNode {
  return { __typename: 'NotAllowed', code, sentence }
}

const typeByReason: ReadonlyMap<string, RefusalNode['__typename']> = new Map([
  ['NOT_FOUND', 'NotFound'],
  ['hold-unknown', 'NotFound'],
  ['case-unknown', 'NotFound'],
  ['change-unknown', 'NotFound'],
  ['dispute-unknown', 'NotFound'],
  ['approval-unknown', 'NotFound'],
  ['ALREADY_SETTLED', 'AlreadySettled'],
  ['IDEMPOTENCY_KEY_REUSED', 'IdempotencyKeyReused'],
  ['invalid-data', 'InputRefused'],
  ['line-unknown', 'InputRefused'],
  ['STILL_UNUSABLE', 'InputRefused'],
])

/** Reasons of core are words, those of the runtime codes: `never-releasable` is NEVER_RELEASABLE. */
function codeOf(reason: string): string {
  return reason.toUpperCase().replaceAll('-', '_')
}

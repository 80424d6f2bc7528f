import { canonicalJson } from '../hash/canonical-json.ts'
import type { AuditKey } from './audit-signature.ts'

/** Whether keys stand by key id in code unit order, none twice. */
export const areSorted = (keys: readonly AuditKey[]): boolean =>
  keys.every(({ keyId }, index) => index === 0 || (keys[index - 1]?.keyId ?? '') < keyId)

/** The object of a line, where the line is its one spelling. */
export function parseCanonical(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null
    return isObject && `${canonicalJson(value)}\n` === text ? value : undefined
  } catch {
    return undefined
  }
}

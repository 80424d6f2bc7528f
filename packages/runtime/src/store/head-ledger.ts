import type { AuditHead, AuditKey, GrownChain } from '@counterfoil/core/audit'
import type { Page, PageRequest } from './store.ts'

/** A head as it is added, with the public keys that changed with it: new ones, and those that ended. */
export type NewHead = { readonly head: AuditHead; readonly keys: readonly AuditKey[] }

/**
 * Where a store keeps the signed heads over its audit chains, and knows which entries no head speaks of yet. Heads and
 * keys of one tenant are never given to another.
 */
export type HeadLedger = {
  /** Tenants with entries that no head speaks of, at most so many, in no order. */
  readonly tenants: (request: { readonly limit: number }) => Promise<readonly string[]>
  /** Chains with entries that no head speaks of, at most so many, by aggregate kind, then key. */
  readonly grown: (request: {
    readonly tenant: string
    readonly limit: number
  }) => Promise<readonly GrownChain[]>
  readonly last: (request: { readonly tenant: string }) => Promise<AuditHead | null>
  /** By number. */
  readonly list: (request: PageRequest & { readonly tenant: string }) => Promise<Page<AuditHead>>
  /** Every public key that signed a head, by key id. */
  readonly keys: (request: { readonly tenant: string }) => Promise<readonly AuditKey[]>
  /**
   * Stores a head with its keys, all or nothing; from then on it speaks of the entries of its chains up to the ends it
   * names. False, with nothing stored, where its tenant has a head of that number.
   */
  readonly add: (request: NewHead) => Promise<boolean>
}

/** The aggregate that a chain belongs to, from its name `kind:key`. */
export function ownerOfChain(aggregate: string): { readonly kind: string; readonly key: string } {
  const colon = aggregate.indexOf(':')
  return { kind: aggregate.slice(0, colon), key: aggregate.slice(colon + 1) }
}

import { hashBy } from '@counterfoil/core'

/**
 * Has hashes counted by the machine's own SHA-256 where the process brings one. Asked of the process, so that a bundle
 * for a browser has nothing to resolve; there the one of core goes on counting.
 */
export function hashNatively(): void {
  if (typeof process === 'undefined') return
  const crypto = process.getBuiltinModule?.('node:crypto')
  if (crypto?.hash !== undefined) hashBy((text) => crypto.hash('sha256', text))
}

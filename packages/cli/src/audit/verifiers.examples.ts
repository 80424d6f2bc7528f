import { type AuditKey, openAuditCheck } from '@counterfoil/core/audit'
import { verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import type { Verifier } from './tampering.examples.ts'
import { textOf } from './verify-export.ts'

/** What the stand-alone verifier offers; it has no types of its own, since it is one file without a build. */
export type StandaloneVerifier = {
  readonly verifyAudit: (
    bytes: Uint8Array,
    options?: {
      readonly keys?: readonly AuditKey[] | undefined
      readonly knownHeads?: readonly string[] | undefined
    },
  ) => {
    readonly entries: number
    readonly chains: number
    readonly heads: number
    readonly fault: { readonly line: number; readonly sentence: string } | null
  }
  readonly openCheck: () => {
    readonly line: (bytes: Uint8Array) => void
    readonly end: () => void
  }
}

/** `verify-audit.mjs` as it is shipped. */
export const standalone = (await import(
  new URL('../../verify-audit.mjs', import.meta.url).href
)) as StandaloneVerifier

/** The check of `counterfoil verify-audit`, and the stand-alone one. */
export const verifiers: readonly Verifier[] = [
  {
    name: 'counterfoil verify-audit',
    open: () => {
      const check = openAuditCheck({ verify: verifyEd25519 })
      return {
        refuses: async (line) => (await check.line(textOf(line))) !== null,
        refusesEnd: () => check.end() !== null,
      }
    },
  },
  {
    name: 'verify-audit.mjs',
    open: () => {
      const check = standalone.openCheck()
      return {
        refuses: (line) => Promise.resolve(throws(() => check.line(line))),
        refusesEnd: () => throws(check.end),
      }
    },
  },
]

function throws(act: () => void): boolean {
  try {
    act()
    return false
  } catch {
    return true
  }
}

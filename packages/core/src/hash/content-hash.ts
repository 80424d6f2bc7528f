import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { canonicalJson } from './canonical-json.ts'

/** A SHA-256 hash (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a sha-256 hash: write 64 lower-case hexadecimal digits')
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>

/** The SHA-256 of text in UTF-8. Synchronous, and the same in a browser and on a server. */
export const sha256Hex = (text: string): Sha256 => hasher(text) as Sha256

/** The SHA-256 of a value's canonical JSON, so the order of keys does not matter. */
export const hashOf = (value: unknown): Sha256 => sha256Hex(canonicalJson(value))

/**
 * From now on has SHA-256 counted by another function, text to 64 lower-case hexadecimal digits: that of the machine is
 * several times faster than the one that comes with this package. Throws `INVARIANT_BROKEN` for one that counts otherwise.
 */
export function hashBy(other: (text: string) => string): void {
  if (other(probe) !== ownHash(probe)) {
    throw new CounterfoilError('INVARIANT_BROKEN', 'the function given is not SHA-256 of UTF-8')
  }
  hasher = other
}

const ownHash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
// Longer than one block of SHA-256, with letters of one, two, three and four bytes.
const probe = 'aß€😀'.repeat(20)
let hasher = ownHash

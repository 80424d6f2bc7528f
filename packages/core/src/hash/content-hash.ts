import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { canonicalJson } from './canonical-json.ts'

/** A SHA-256 hash (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a sha-256 hash: write 64 lower-case hexadecimal digits')
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof Sha256>

/** The SHA-256 of text in UTF-8. Synchronous, and the same in a browser and on a server. */
export const sha256Hex = (text: string): Sha256 => bytesToHex(sha256(utf8ToBytes(text))) as Sha256

/** The SHA-256 of a value's canonical JSON, so the order of keys does not matter. */
export const hashOf = (value: unknown): Sha256 => sha256Hex(canonicalJson(value))

import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { instantOfEpochMilliseconds } from '../calendar/instant.ts'
import { canonicalJson } from '../hash/canonical-json.ts'

/** The name of a signing key. */
export const KeyId = z.string().min(1).max(200)

/** An instant of the one form heads and keys use, so that the order of text is the order of time. */
export const UtcInstant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    'not an instant in UTC with milliseconds: write it as 2026-12-01T09:00:00.000Z',
  )

/** An ed25519 signature (RFC 8032) as 128 lower-case hexadecimal digits. */
export const Signature = z.string().regex(/^[0-9a-f]{128}$/, 'not an ed25519 signature')

/** The public half of a signing key, and from when until before when it signed; `to` is null while it is in use. */
export const AuditKey = z.strictObject({
  keyId: KeyId,
  /** The 32 bytes of an ed25519 public key (RFC 8032) as lower-case hexadecimal digits. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/, 'not an ed25519 public key'),
  from: UtcInstant,
  to: UtcInstant.nullable(),
})
export type AuditKey = z.infer<typeof AuditKey>

/** Signs with ed25519: a private key in a file, or a service that keeps it. */
export type AuditSigner = {
  readonly keyId: string
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** Whether these bytes were signed by this key (ed25519). */
export type VerifySignature = (
  key: AuditKey,
  bytes: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/** Milliseconds since 1970 in the form of `UtcInstant`. */
export function utcInstant(milliseconds: number): string {
  const fraction = ((milliseconds % 1000) + 1000) % 1000
  const seconds = instantOfEpochMilliseconds(milliseconds - fraction)
  return seconds.replace('Z', `.${String(fraction).padStart(3, '0')}Z`)
}

/** The record with the key's name and the signature over its canonical JSON. */
export async function sign<Unsigned extends object>(
  record: Unsigned,
  { keyId, sign: signBytes }: AuditSigner,
): Promise<Unsigned & { readonly keyId: string; readonly signature: string }> {
  const named = { ...record, keyId }
  const signature = bytesToHex(await signBytes(utf8ToBytes(canonicalJson(named))))
  return { ...named, signature }
}

type Signed = { readonly at: string; readonly keyId: string; readonly signature: string }

/** Why a signature does not hold, in words; null where it does. */
export async function signatureFault(
  record: Signed,
  keys: readonly AuditKey[],
  verify: VerifySignature,
): Promise<string | null> {
  const { signature, ...unsigned } = record
  const key = keys.find(({ keyId }) => keyId === record.keyId)
  if (key === undefined)
    return `is signed with the key \`${record.keyId}\`, which is not among the public keys`
  if (record.at < key.from || (key.to !== null && record.at >= key.to)) {
    return `is signed at ${record.at} with the key \`${key.keyId}\`, which was not in use then`
  }
  const isSigned = await verify(key, utf8ToBytes(canonicalJson(unsigned)), hexToBytes(signature))
  return isSigned ? null : `was changed after it was signed with the key \`${key.keyId}\``
}

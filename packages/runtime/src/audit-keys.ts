/** Signing audit heads with a key this process holds, and checking signatures; on node:crypto. */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { AuditKey, VerifySignature } from '@counterfoil/core/audit'
import type { HeadSigner } from './audit/sign-heads.ts'

/** What stands before the 32 bytes of an ed25519 public key in its DER form (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Signs with an ed25519 private key, as `createPrivateKey` reads it from a PEM file. */
export const ed25519Signer = (keyId: string, privateKey: KeyObject): HeadSigner => ({
  keyId,
  publicKey: publicKeyOf(privateKey),
  sign: (bytes) => sign(null, bytes, privateKey),
})

/** The public key of a private or public ed25519 key, to be listed with when it signs. */
export function auditKey(
  { keyId, from, to = null }: Pick<AuditKey, 'keyId' | 'from'> & Partial<Pick<AuditKey, 'to'>>,
  key: KeyObject,
): AuditKey {
  return { keyId, publicKey: publicKeyOf(key), from, to }
}

function publicKeyOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  const der = publicKey.export({ format: 'der', type: 'spki' })
  return der.subarray(derPrefix.length).toString('hex')
}

/** Checks an ed25519 signature. */
export const verifyEd25519: VerifySignature = ({ publicKey }, bytes, signature) => {
  const der = Buffer.concat([derPrefix, Buffer.from(publicKey, 'hex')])
  return verify(null, bytes, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
}

import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CounterfoilError } from '@counterfoil/core'
import type { HeadSigner } from '@counterfoil/runtime'
import { ed25519Signer } from '@counterfoil/runtime/audit-keys'

/** The signer of `--sign KEY.pem --key-id ID`. */
export function readSigner(file: string, keyId: string | undefined): HeadSigner {
  if (keyId === undefined) {
    throw new CounterfoilError('COMMAND_INVALID', 'name the key that signs with --key-id')
  }
  return ed25519Signer(keyId, createPrivateKey(readFileSync(file)))
}

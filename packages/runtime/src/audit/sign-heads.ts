import {
  addMilliseconds,
  compareInstants,
  CounterfoilError,
  type Instant,
  instant,
  millisecondsBetween,
} from '@counterfoil/core'
import {
  type AuditHead,
  type AuditKey,
  type AuditSigner,
  nextAuditHead,
} from '@counterfoil/core/audit'
import type { Clock } from '../clock/clock.ts'
import type { HeadLedger, NewHead } from '../store/head-ledger.ts'

/** Signs heads, and says by which public key they are checked: 32 bytes as lower-case hexadecimal digits. */
export type HeadSigner = AuditSigner & { readonly publicKey: string }

/** How often heads are signed, and with what. */
export type AuditSettings = {
  /** A signer of another key id takes over from the one before; a key that was replaced signs no more. */
  readonly signer: HeadSigner
  /** How old the last head of a tenant is at least before the next is signed; an hour unless said otherwise. */
  readonly everySeconds?: number
}

/** A tenant whose heads could not be signed, and why. */
export type UnsignedTenant = { readonly tenant: string; readonly sentence: string }

/** What became of signing. */
export type SignedHeads = {
  readonly signed: number
  readonly refused: readonly UnsignedTenant[]
}

/** Chains of one head, and tenants of one turn; what is left is signed next. */
const chainsMax = 10_000
const tenantsMax = 1000
const everySecondsDefault = 3600
/** How often it is looked for heads to sign while one grows old: another process may have signed the last. */
const looks = 4

/**
 * Signs the heads of every tenant that has entries no head speaks of, and whose last head is `everySeconds` old: 0 to sign
 * whatever there is. Several processes may do so at once; one of them signs each head.
 */
export async function signHeads(
  { heads, clock }: { readonly heads: HeadLedger; readonly clock: Clock },
  { signer, everySeconds = everySecondsDefault }: AuditSettings,
): Promise<SignedHeads> {
  let signed = 0
  const refused: UnsignedTenant[] = []
  for (const tenant of await heads.tenants({ limit: tenantsMax })) {
    try {
      signed += await signTenant({ heads, clock, signer, everySeconds, tenant })
    } catch (error) {
      if (!CounterfoilError.is(error) || error.retryable) throw error
      refused.push({ tenant, sentence: error.message })
    }
  }
  return { signed, refused }
}

/** Signs heads again and again: gives what signs when the time has come, and does nothing before. */
export function headsOnSchedule(
  place: { readonly heads: HeadLedger; readonly clock: Clock },
  settings: AuditSettings | undefined,
): () => Promise<SignedHeads> {
  let nextAt: Instant | null = null
  return async () => {
    const now = instant(place.clock.now())
    const isDue = nextAt === null || compareInstants(now, nextAt) >= 0
    if (settings === undefined || !isDue) return { signed: 0, refused: [] }
    const signed = await signHeads(place, settings)
    nextAt = addMilliseconds(now, ((settings.everySeconds ?? everySecondsDefault) * 1000) / looks)
    return signed
  }
}

type Signing = {
  readonly heads: HeadLedger
  readonly clock: Clock
  readonly signer: HeadSigner
  readonly everySeconds: number
  readonly tenant: string
}

/** Signs what one tenant has that no head speaks of, once its last head is `everySeconds` old; gives how many heads. */
export async function signTenant(signing: Signing): Promise<number> {
  const { heads, clock, tenant, everySeconds } = signing
  const last = await heads.last({ tenant })
  const now = instant(clock.now())
  const isDue =
    last === null ||
    everySeconds === 0 ||
    compareInstants(now, addMilliseconds(instant(last.at), everySeconds * 1000)) >= 0
  if (!isDue) return 0
  for (let signed = 0; ;) {
    const next = await nextHead(signing)
    if (next === null) return signed
    if (await heads.add(next)) signed += 1
    // Another process was faster. It may have looked before what is to be signed at once was there.
    else if (everySeconds > 0) return signed
  }
}

/** The next head with the keys that change with it; null where no chain grew. */
async function nextHead({ heads, clock, signer, tenant }: Signing): Promise<NewHead | null> {
  // The head before is read first: where another process signs between the two, this one has that one's number and is
  // not added. The other way round it would follow that head, and count the same entries again.
  const previous = await heads.last({ tenant })
  const grown = await heads.grown({ tenant, limit: chainsMax })
  if (grown.length === 0) return null
  const at = afterHead(instant(clock.now()), previous)
  const head = await nextAuditHead({ tenant, at, previous, grown }, signer)
  const known = await heads.keys({ tenant })
  return { head, keys: changedKeys(signer, known, { at: head.at, before: previous?.at ?? null }) }
}

/** The clocks of two processes may differ by so much, and no more. */
const skewMillisecondsMax = 60_000

/** Now, or the instant of the head before where another process, whose clock is a little ahead, signed that one. */
function afterHead(now: Instant, previous: Pick<AuditHead, 'at'> | null): Instant {
  return previous === null ? now : notBefore(now, instant(previous.at))
}

/** Now, or a later instant another process wrote down whose clock is a little ahead: up to a minute. */
function notBefore(now: Instant, other: Instant): Instant {
  const ahead = millisecondsBetween(now, other)
  return ahead > 0 && ahead <= skewMillisecondsMax ? other : now
}

/**
 * When something is signed with a key now. Another process may have signed the first head with it a moment ago by a clock
 * that is a little ahead, and a key signs nothing before it is in use: then it is signed as long after its first instant as
 * it is before it, since two processes that seal the same at one instant would write one archive twice.
 */
export function signedAt(now: Instant, keyId: string, keys: readonly AuditKey[]): Instant {
  const own = keys.find((key) => key.keyId === keyId)
  if (own === undefined) return now
  const from = instant(own.from)
  const ahead = millisecondsBetween(now, from)
  return notBefore(now, from) === now ? now : addMilliseconds(from, ahead)
}

/** The key of a signer that is new, and the ones it takes over from, which end when it begins. */
function changedKeys(
  { keyId, publicKey }: HeadSigner,
  known: readonly AuditKey[],
  { at, before }: { readonly at: string; readonly before: string | null },
): readonly AuditKey[] {
  const own = known.find((key) => key.keyId === keyId)
  if (own === undefined) {
    if (at === before) throw unsignable('two keys cannot sign in one millisecond: sign again')
    const ended = known.filter(({ to }) => to === null).map((key) => ({ ...key, to: at }))
    return [...ended, { keyId, publicKey, from: at, to: null }]
  }
  if (own.publicKey !== publicKey) {
    throw unsignable(`the key \`${keyId}\` is another than before: give a new key a new id`)
  }
  if (own.to === null) return []
  throw unsignable(`the key \`${keyId}\` was replaced at ${own.to}: sign with the one after it`)
}

function unsignable(sentence: string): CounterfoilError {
  return new CounterfoilError('SETTINGS_INVALID', sentence)
}

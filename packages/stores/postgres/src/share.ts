import { setInterval as every } from 'node:timers'
import type pg from 'pg'
import { type Query, sessionOf, statement } from './connections.ts'
import type { OwnedShards, WaitingQuery } from './read-waiting.ts'
import { slotsMax } from './slots.ts'
import { numberOf, type SqlRow } from './stored.ts'

/** The part of the background work that is this store's, on a session whose end gives it up. */
export type Share = {
  /** Asks about the own part, on the session that owns it: what it no longer owns it is not given. */
  readonly ask: <Answer>(queryOf: (owned: OwnedShards) => WaitingQuery<Answer>) => Promise<Answer>
  /** Calls back when work came in for the own part, or the own part grew. Gives what ends it. */
  readonly watch: (ring: () => void) => () => void
  /** The statement that tells the others of work in slots, or none when all of it is this store's own. */
  readonly tell: (slots: Iterable<number>) => readonly Query[]
  /** How many shards are this store's. */
  readonly owned: () => number
  readonly close: () => Promise<void>
}

// How often a share is compared with those of others. It bounds how long the work of a dead process lies still.
const balanceMilliseconds = 100

// A process that hangs, or that nobody asks for background work any more, loses its session, and with it its share.
const idleSeconds = 15

/** What a session owns, and what it should own by the last look at the others. */
type Standing = {
  readonly session: pg.Client
  readonly pid: number
  readonly owned: Set<number>
  fair: number
  /** By a clock that nobody sets. */
  balancedAt: number
}

/**
 * Divides background work among all stores on one database. Each shard is an advisory lock that one session holds, each
 * store shows that it is there by a shared lock, and everybody takes or gives up shards until all have their equal part.
 * A process that dies lets go of everything at once.
 */
export function createShare({
  open,
  lockClass,
  shards,
}: {
  readonly open: () => Promise<pg.Client>
  /** A number that is the schema's own. */
  readonly lockClass: number
  readonly shards: number
}): Share {
  const channel = `counterfoil_${lockClass}`
  const rings = new Set<() => void>()
  let standing: Standing | null = null
  let turn: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let closed = false

  // One after another, so that nothing is asked about shards that are being given up.
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const answer = turn.then(work)
    turn = answer.catch(() => undefined)
    return answer
  }

  const join = async (): Promise<Standing> => {
    const session = await open()
    const lost = (): void => {
      if (standing?.session === session) standing = null
    }
    session.on('error', lost)
    session.on('end', lost)
    session.on('notification', ({ payload = '' }) => {
      const slots = payload.split(',').map(Number)
      if (slots.some((slot) => standing?.owned.has(slot % shards))) ring()
    })
    const pid = await showUp(session, { lockClass, shards, channel })
    standing = { session, pid, owned: new Set(), fair: shards, balancedAt: -Infinity }
    return standing
  }
  const ring = (): void => {
    for (const one of rings) one()
  }
  const balancedNow = async (): Promise<Standing> => {
    const mine = standing ?? (await join())
    await balance(mine, { lockClass, shards })
    return mine
  }
  const balanced = async (): Promise<Standing> => {
    const isSettled =
      standing !== null &&
      standing.owned.size === standing.fair &&
      performance.now() - standing.balancedAt < balanceMilliseconds
    return isSettled && standing !== null ? standing : balancedNow()
  }
  const letGo = async (): Promise<void> => {
    const mine = standing
    standing = null
    if (mine === null) return
    try {
      await mine.session.query('SELECT pg_advisory_unlock_all()')
    } catch {
      // The session is gone, and its locks with it.
    }
    await mine.session.end()
  }
  const look = async (): Promise<void> => {
    if (closed || rings.size === 0) return
    const before = standing?.owned.size ?? 0
    try {
      const { owned } = await balancedNow()
      if (owned.size > before) ring()
    } catch {
      // Whoever asks next is told.
      standing = null
    }
  }
  return {
    ask: (queryOf) =>
      inTurn(async () => {
        const mine = await balanced()
        const { query, answerFrom } = queryOf({ shards, owned: [...mine.owned] })
        const [rows = []] = await sessionOf(mine.session).send(query)
        return answerFrom(rows)
      }),
    watch: (one) => {
      rings.add(one)
      timer ??= every(() => void inTurn(look), balanceMilliseconds)
      return () => {
        rings.delete(one)
        if (rings.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      }
    },
    tell: (slots) => {
      const others = [...new Set(slots)].filter((slot) => !standing?.owned.has(slot % shards))
      if (others.length === 0) return []
      return [{ sql: 'SELECT pg_notify($1, $2)', values: [channel, others.join(',')] }]
    },
    owned: () => standing?.owned.size ?? 0,
    close: () => {
      closed = true
      if (timer !== null) clearInterval(timer)
      return inTurn(letGo)
    },
  }
}

const joining = 'SELECT pg_backend_pid() AS pid, pg_advisory_lock_shared($1, $2)'

// Processes that divide the work otherwise than we do hold other locks: what they do twice is refused by the versions.
const keysOf = (shards: number): number => shards * slotsMax * 2
const memberKey = (shards: number): number => keysOf(shards) + slotsMax

const lookAtOthers = `SELECT objid, pid FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = $1::bigint::oid
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND objid BETWEEN $2::bigint::oid AND $3::bigint::oid`
const giveUp = 'SELECT pg_advisory_unlock($1, key) FROM unnest($2::integer[]) AS key'
const take =
  'SELECT key FROM unnest($2::integer[]) AS key WHERE pg_try_advisory_lock($1::integer, key)'

async function showUp(
  session: pg.Client,
  {
    lockClass,
    shards,
    channel,
  }: { readonly lockClass: number; readonly shards: number; readonly channel: string },
): Promise<number> {
  try {
    const [, , [self] = []] = await sessionOf(session).send(
      statement(`SET idle_session_timeout TO '${idleSeconds}s'`),
      statement(`LISTEN ${channel}`),
      { sql: joining, values: [lockClass, memberKey(shards)] },
    )
    return numberOf(self ?? {}, 'pid')
  } catch (error) {
    await session.end()
    throw error
  }
}

async function balance(
  mine: Standing,
  { lockClass, shards }: { readonly lockClass: number; readonly shards: number },
): Promise<void> {
  const { session, pid, owned } = mine
  const { send } = sessionOf(session)
  const base = keysOf(shards)
  const member = memberKey(shards)
  const [locks = []] = await send({ sql: lookAtOthers, values: [lockClass, base, member] })
  mine.fair = fairShare(membersIn(locks, member), pid, shards)
  const surplus = [...owned].slice(mine.fair)
  if (surplus.length > 0) {
    for (const shard of surplus) owned.delete(shard)
    await send({ sql: giveUp, values: [lockClass, surplus.map((shard) => base + shard)] })
  }
  const taken = new Set(locks.map((row) => numberOf(row, 'objid') - base))
  const free = Array.from({ length: shards }, (_, shard) => shard).filter(
    (shard) => !taken.has(shard),
  )
  const wanted = free.slice(0, Math.max(0, mine.fair - owned.size))
  if (wanted.length > 0) {
    const keys = wanted.map((shard) => base + shard)
    const [got = []] = await send({ sql: take, values: [lockClass, keys] })
    for (const row of got) owned.add(numberOf(row, 'key') - base)
  }
  mine.balancedAt = performance.now()
}

function membersIn(locks: readonly SqlRow[], member: number): readonly number[] {
  return locks
    .filter((row) => numberOf(row, 'objid') === member)
    .map((row) => numberOf(row, 'pid'))
    .toSorted((a, b) => a - b)
}

// Equal parts; what does not divide evenly goes to the first, one each.
function fairShare(members: readonly number[], pid: number, shards: number): number {
  const count = Math.max(1, members.length)
  const rank = Math.max(0, members.indexOf(pid))
  return Math.floor(shards / count) + (rank < shards % count ? 1 : 0)
}

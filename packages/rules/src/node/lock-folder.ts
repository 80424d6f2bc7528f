import { randomUUID } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import * as z from 'zod'
import { readJsonAs } from './read-json-as.ts'

/** Who holds a lock. */
const Holder = z.object({
  /** Another one each time a lock is taken. */
  id: z.string().regex(/^[0-9a-f-]{1,40}$/),
  pid: z.int().positive(),
  host: z.string(),
  /** What numbers the processes of the host: two of one number in two containers are not the same. */
  processes: z.string(),
})
type Holder = z.infer<typeof Holder>

/**
 * Does some work while no other process does any in that folder: `.changing` says who is at it. What a process that was
 * killed left is taken over where it is known to be gone. Throws `STORE_CONFLICT`, to be tried again, while another is at
 * it or may be, with the command that mends it where that one is gone.
 */
export const whileLocked = <Value>(folder: string, work: () => Value): Value => {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, '.changing')
  const own = holderHere()
  take(lock, own)
  try {
    return work()
  } finally {
    letGo(lock, own)
  }
}

const holderHere = (): Holder => ({
  id: randomUUID(),
  pid: process.pid,
  host: hostname(),
  processes: processesHere(),
})

/** Of one start of a Linux machine and, within it, of one container; elsewhere the host says it all. */
const processesHere = (): string => {
  try {
    const start = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${start} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return ''
  }
}

const take = (lock: string, own: Holder): void => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (make(lock, own)) return
    const holder = holderOf(lock)
    if (holder === 'none') continue
    if (holder === 'unknown' || !isGone(holder)) throw beingChanged(lock, holder)
    if (takeOver(lock, { own, holder })) return
  }
  throw beingChanged(lock, 'unknown')
}

/** How often a lock that others take and let go meanwhile is tried for. */
const triesMax = 20

/** Made beside it and put there whole, so that nobody ever reads half of it; false where there is one. */
const make = (lock: string, own: Holder): boolean => {
  const beside = `${lock}.${own.id}`
  writeFileSync(beside, JSON.stringify(own))
  try {
    linkSync(beside, lock)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(beside)
  }
}

/**
 * Puts the own lock in the place of one whose holder is gone. Whoever takes over from that holder holds a lock for it,
 * named after it: nobody else exchanges what is there between the look and the exchange.
 */
const takeOver = (
  lock: string,
  { own, holder }: { readonly own: Holder; readonly holder: Holder },
): boolean => {
  const turn = `${lock}.from-${holder.id}`
  const turnOwn = holderHere()
  take(turn, turnOwn)
  try {
    const now = holderOf(lock)
    if (typeof now === 'string' || now.id !== holder.id) return false
    const beside = `${lock}.${own.id}`
    writeFileSync(beside, JSON.stringify(own))
    renameSync(beside, lock)
    return true
  } finally {
    letGo(turn, turnOwn)
  }
}

/** Somebody may have taken it away by hand, and another process its place. */
const letGo = (lock: string, own: Holder): void => {
  const now = holderOf(lock)
  if (typeof now !== 'string' && now.id === own.id) rmSync(lock)
}

const holderOf = (lock: string): Holder | 'none' | 'unknown' => {
  try {
    const read = readJsonAs(Holder, readFileSync(lock, 'utf8'))
    return 'value' in read ? read.value : 'unknown'
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none'
    throw error
  }
}

/** Known only of processes numbered as ours are: of another host or container, or before a restart, it is not. */
const isGone = ({ pid, host, processes }: Holder): boolean => {
  if (host !== hostname() || processes !== processesHere()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : null

const beingChanged = (lock: string, holder: Holder | 'unknown'): CounterfoilError => {
  const who =
    holder === 'unknown' ? 'another process' : `process ${holder.pid} of \`${holder.host}\``
  return new CounterfoilError(
    'STORE_CONFLICT',
    `cannot change the rule sets, ${who} is at it: wait for it, or where it is gone run \`rm "${lock}"\``,
    { retryable: true },
  )
}

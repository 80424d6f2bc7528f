import { addMilliseconds, joinKey } from '@counterfoil/core'
import type { ClaimedEffect } from '../store/stored-records.ts'
import type { RuntimeLimits } from '../runtime.ts'
import { deliverEffect, type Dispatch, type Fate } from './deliver-effect.ts'

/** What became of effects. */
export type DeliveryReport = {
  readonly delivered: number
  readonly retried: number
  readonly dead: number
}

/**
 * Carries effects out beside everything else, each at least once with its stable key. A destination that is slow holds up
 * what waits for it, and nothing else.
 */
export type Dispatcher = {
  /** Starts what is due and may be under way at the same time. Gives how many effects it started. */
  readonly start: () => Promise<number>
  /** What came of effects since this was asked last. Throws what kept one from being stored; it is tried again later. */
  readonly report: () => DeliveryReport
  readonly isUnderWay: () => boolean
  /** Whether some of what is due is not started until something under way has ended. */
  readonly isFull: () => boolean
  /** Resolves when something under way has ended. */
  readonly next: () => Promise<void>
  /** Resolves when everything under way has ended. */
  readonly settle: () => Promise<void>
}

/** The part of a lease that a connector is waited for. */
const patienceOfLease = 0.75

// Clocks that differ by less than a day are left to agree by themselves.
const wrongWait = 24 * 3_600_000

/** The longest, in milliseconds, that anybody has an effect wait. */
function longestWait({ leaseSeconds, retryDelaySecondsMax }: RuntimeLimits): number {
  return Math.max(leaseSeconds, retryDelaySecondsMax) * 1000
}

// After one kill everything that was under way goes on side by side; what is there at the second as well may be its cause.
const suspectedFromLosses = 2

type UnderWay = Pick<ClaimedEffect, 'tenant' | 'destination' | 'key' | 'leasesLost'> & {
  readonly ended: Promise<void>
}

/** A dispatcher with nothing under way. `ring` is called whenever something has ended. */
export function createDispatcher(dispatch: Dispatch, ring: () => void): Dispatcher {
  const { store, conductor, limits } = dispatch
  const { effectsInFlightMax, effectsPerDestinationMax, leasesLostMax } = limits
  const suspectedFrom = Math.max(1, Math.min(suspectedFromLosses, leasesLostMax - 1))
  // Given half of what it takes or more at a time: a destination that has just answered is not asked for each of its effects.
  const portion = Math.max(1, Math.floor(effectsPerDestinationMax / 2))
  const underWay = new Set<UnderWay>()
  const errors: unknown[] = []
  let fates: Fate[] = []

  return {
    start: async () => {
      let started = 0
      while (started < effectsInFlightMax && !dispatch.draining.aborted) {
        const limit = effectsInFlightMax - underWay.size
        if (limit < 1) break
        const { begun, isAll } = await claim(limit)
        started += begun
        if (isAll) break
      }
      return started
    },
    report: () => {
      if (errors.length > 0) throw errors.splice(0)[0]
      const ended = fates
      fates = []
      const count = (wanted: Fate): number => ended.filter((fate) => fate === wanted).length
      return { delivered: count('delivered'), retried: count('retried'), dead: count('dead') }
    },
    isUnderWay: () => underWay.size > 0,
    isFull: () =>
      underWay.size >= effectsInFlightMax || destinations().full.length > 0 || isSuspectUnderWay(),
    next: () => Promise.race(Array.from(underWay, ({ ended }) => ended)),
    settle: async () => {
      await Promise.all(Array.from(underWay, ({ ended }) => ended))
    },
  }

  /** Claims once, of no destination more than fits beside what it has; `isAll` when there is nothing to claim beside. */
  async function claim(
    limit: number,
  ): Promise<{ readonly begun: number; readonly isAll: boolean }> {
    const now = conductor.now()
    const { full, room } = destinations()
    const leaseMilliseconds = limits.leaseSeconds * 1000
    const claimed = await store.claimEffects({
      now,
      leaseUntil: addMilliseconds(now, leaseMilliseconds),
      waitsUntilMax: addMilliseconds(now, wrongWait + longestWait(limits)),
      limit,
      destinationMax: room,
      except: full.map(({ tenant, destination }) => ({ tenant, destination })),
      suspects: { leasesLost: suspectedFrom, limit: isSuspectUnderWay() ? 0 : 1 },
    })
    // Given up before the lease runs out, so that nobody else is asking at the same time.
    const until = addMilliseconds(now, Math.round(leaseMilliseconds * patienceOfLease))
    // A clock that was put forward ends leases before their time: what is under way is not asked a second time beside it.
    const fresh = claimed.filter((effect) => !isUnderWay(effect))
    for (const effect of fresh) begin(effect, deliverEffect(dispatch, effect, until))
    const fullNow = new Set(destinations().full.map(lineOf))
    const given = [...Map.groupBy(claimed, lineOf)]
    const mayHaveMore = given.some(([line, { length }]) => length >= room && !fullNow.has(line))
    return { begun: fresh.length, isAll: claimed.length < limit && !mayHaveMore }
  }

  function isUnderWay({ tenant, key }: ClaimedEffect): boolean {
    return [...underWay].some((one) => one.tenant === tenant && one.key === key)
  }

  // One at a time: whichever of them ends the process takes none of the others along.
  function isSuspectUnderWay(): boolean {
    return [...underWay].some(({ leasesLost }) => leasesLost >= suspectedFrom)
  }

  function begin(effect: ClaimedEffect, delivery: Promise<Fate>): void {
    const { tenant, destination, key, leasesLost } = effect
    const ended = delivery
      .then(
        (fate) => void fates.push(fate),
        (error: unknown) => void errors.push(error),
      )
      .finally(() => {
        underWay.delete(one)
        ring()
      })
    const one = { tenant, destination, key, leasesLost, ended }
    underWay.add(one)
  }

  /** The destinations that are given nothing now, and how many more each of the others takes at least. */
  function destinations(): { readonly full: readonly Line[]; readonly room: number } {
    const each = [...Map.groupBy(underWay, lineOf).values()]
    const isFull = ({ length }: readonly UnderWay[]): boolean =>
      length + portion > effectsPerDestinationMax
    const most = Math.max(0, ...each.filter((one) => !isFull(one)).map(({ length }) => length))
    return {
      full: each.filter(isFull).flatMap((one) => one.slice(0, 1)),
      room: effectsPerDestinationMax - most,
    }
  }
}

type Line = Pick<UnderWay, 'tenant' | 'destination'>

function lineOf({ tenant, destination }: Line): string {
  return joinKey([tenant, destination])
}

import type { Chance } from './chance.ts'

/** How likely each trouble is in one run; every probability is 0 to 1, of one step or one call. */
export type Troubles = {
  readonly processes: number
  /** A process is killed, and its disk's cache survives it. */
  readonly kill: number
  /** A process is told to end, and finishes what it has begun as long as it has patience. */
  readonly told: number
  /** All processes die, and what was not synced may be lost. */
  readonly powerCut: number
  /** A call of the store fails before it is carried out. */
  readonly storeFails: number
  /** A commit is stored, and its answer is lost. */
  readonly storeAnswerLost: number
  readonly connectorFails: number
  /** The other system does it, and its answer is lost. */
  readonly connectorAnswerLost: number
  /** A sender does not wait for its answer before it sends again. */
  readonly sentTwice: number
  /** Seconds by which each process's clock is wrong, between minus and plus this. */
  readonly clockSkewSeconds: number
  /** Time moves on while calls are under way. */
  readonly timePasses: number
}

/** A mixture of troubles; some runs have none of a kind, some have much of it. */
export function someTroubles(chance: Chance): Troubles {
  const upTo = (most: number): number =>
    chance.happens(0.4) ? 0 : (chance.below(1000) / 1000) * most
  return {
    processes: chance.oneOf([1, 2, 2, 3]),
    kill: upTo(0.04),
    // Some hosts are replaced again and again, while a system is slow.
    told: chance.happens(0.15) ? 0.3 : upTo(0.04),
    powerCut: upTo(0.04),
    storeFails: upTo(0.1),
    storeAnswerLost: upTo(0.1),
    connectorFails: upTo(0.4),
    connectorAnswerLost: upTo(0.3),
    sentTwice: upTo(0.5),
    clockSkewSeconds: chance.happens(0.6) ? 0 : chance.below(30),
    timePasses: upTo(0.3),
  }
}

/** What a run ends in, so that everything still due gets done. */
export const noTroubles: Troubles = {
  processes: 1,
  kill: 0,
  told: 0,
  powerCut: 0,
  storeFails: 0,
  storeAnswerLost: 0,
  connectorFails: 0,
  connectorAnswerLost: 0,
  sentTwice: 0,
  clockSkewSeconds: 0,
  timePasses: 0,
}

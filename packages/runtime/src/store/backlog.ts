/** From so many attempts on, an effect that still waits is worth a look. */
export const takenOftenMin = 8

/** How much waits, and since when. */
export type Waiting = {
  readonly count: number
  /** An instant; null when nothing waits. */
  readonly oldestAt: string | null
}

/** Effects that wait to be carried out, of one tenant for one destination. */
export type WaitingEffects = Waiting & { readonly tenant: string; readonly destination: string }

/** The work that waits for a process to do it, of all tenants and whichever process it belongs to. */
export type Backlog = {
  /** Messages between aggregates that are not told yet, since they were queued. */
  readonly queued: Waiting
  /** Effects that are not carried out yet, since they were decided: by tenant, then destination. */
  readonly effects: readonly WaitingEffects[]
}

/** How a store stands, and what in it waits for time or for people, of all tenants. */
export type StoreStanding = {
  /**
   * The version of the tables as this release knows them and as they were found. A later release may have brought them
   * up to date while this one goes on. Null where there are no tables.
   */
  readonly schema: { readonly known: number; readonly found: number } | null
  /** The parts of the background work that are this process's; null where every process sees all of it. */
  readonly share: { readonly owned: number; readonly of: number } | null
  /** Timers that were due at `now`, since then. */
  readonly timersLate: Waiting
  /** Messages that wait for what they need, since they were parked. */
  readonly parked: Waiting
  /**
   * Effects that were taken `takenOftenMin` times or more and still wait: processes end before they are answered, or what
   * they are for keeps failing.
   */
  readonly takenOften: Waiting
  readonly deadLetters: Waiting
  readonly quarantined: Waiting
}

import { CounterfoilError, type Instant, instant, millisecondsBetween } from '@counterfoil/core'
import type { Clock } from '../clock/clock.ts'
import type { RuntimeLimits } from '../runtime.ts'
import type { Backlog } from '../store/backlog.ts'
import type { Store } from '../store/store.ts'

/** What a process has taken from senders and not answered yet, and whether it takes more. */
export type IntakeStanding = {
  readonly undecidedDocuments: number
  readonly undecidedCharacters: number
  /** Since when the oldest of them waits; null when none does. */
  readonly oldestAt: string | null
  /** Why some or all documents are put off now, in a sentence; null while there is room for all. */
  readonly full: string | null
}

/** Says what a delivery turned out to hold, once it was read. Throws when that does not fit. */
export type Hold = (documents: readonly { readonly raw: string }[]) => void

/**
 * Lets deliveries in while there is room, and puts them off when there is not: nothing that was let in is ever given up.
 * What is put off is `LIMIT_EXCEEDED`, retryable, with the limit and `retryAfterSeconds` in its details.
 */
export type Admission = {
  readonly within: <Answer>(
    delivery: { readonly tenant: string; readonly characters: number },
    work: (hold: Hold) => Promise<Answer>,
  ) => Promise<Answer>
  /** Whether there is room for documents of these tenants; of every tenant where none is named. */
  readonly hasRoom: (tenants: readonly string[] | undefined) => Promise<boolean>
  /** Work was done: what was seen of the backlog is no longer so. */
  readonly forget: () => void
  readonly standing: (backlog: Backlog | null) => IntakeStanding
  /** Resolves when everything that was let in is answered. */
  readonly settle: () => Promise<void>
}

type Place = {
  documents: number
  characters: number
  readonly since: Instant
  readonly left: PromiseWithResolvers<void>
}
type Full = { readonly limit: keyof RuntimeLimits; readonly sentence: string }

// A look at the backlog holds so long, and for no more documents than are decided together.
const lookMilliseconds = 1000

/** An intake nobody waits at. */
export function createAdmission({
  store,
  clock,
  limits,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly limits: RuntimeLimits
}): Admission {
  const places = new Set<Place>()
  let seen: { readonly backlog: Backlog; readonly at: Instant } | null = null
  let enteredSince = 0
  let looking: Promise<Backlog> | null = null

  // Counted first and looked up then, so that those who wait for the look are within the limit too.
  const enter = (characters: number): Place => {
    const since = instant(clock.now())
    const place = { documents: 1, characters, since, left: Promise.withResolvers<void>() }
    refuseIfFull(crowdedBy(place))
    places.add(place)
    return place
  }
  const hold = (place: Place, documents: Parameters<Hold>[0]): void => {
    place.documents = documents.length
    place.characters = documents.reduce((sum, { raw }) => sum + raw.length, 0)
    refuseIfFull(crowdedBy(place))
    enteredSince += documents.length
  }
  const crowdedBy = (place: Place): Full | null => {
    const others = [...places].filter((other) => other !== place)
    // Whatever its size, one that is alone is decided: else it never would be.
    if (others.length === 0) return null
    return crowded(totals([...others, place]), limits)
  }
  const look = async (): Promise<Backlog> => {
    const age = seen === null ? -1 : millisecondsBetween(seen.at, instant(clock.now()))
    const isFresh = age >= 0 && age < lookMilliseconds && enteredSince < limits.batchMax
    if (isFresh && seen !== null) return seen.backlog
    looking ??= lookAgain().finally(() => {
      looking = null
    })
    return looking
  }
  const lookAgain = async (): Promise<Backlog> => {
    const at = instant(clock.now())
    const backlog = await store.backlog()
    seen = { backlog, at }
    enteredSince = 0
    return backlog
  }
  const refuseIfFull = (full: Full | null): void => {
    if (full !== null) throw putOff(full, limits.laterSeconds)
  }
  return {
    within: async ({ tenant, characters }, work) => {
      const place = enter(characters)
      try {
        refuseIfFull(overdue(await look(), limits, [tenant]))
        return await work((documents) => hold(place, documents))
      } finally {
        places.delete(place)
        place.left.resolve()
      }
    },
    hasRoom: async (tenants) => overdue(await look(), limits, tenants) === null,
    forget: () => {
      seen = null
    },
    standing: (backlog) => {
      const { documents, characters } = totals([...places])
      const full =
        crowded({ documents: documents + 1, characters }, limits) ??
        (backlog === null ? null : overdue(backlog, limits, undefined))
      const [oldest] = places
      return {
        undecidedDocuments: documents,
        undecidedCharacters: characters,
        oldestAt: oldest?.since ?? null,
        full: full?.sentence ?? null,
      }
    },
    settle: async () => {
      for (const { left } of places) await left.promise
    },
  }
}

type Totals = { readonly documents: number; readonly characters: number }

function totals(places: readonly Place[]): Totals {
  return {
    documents: places.reduce((sum, { documents }) => sum + documents, 0),
    characters: places.reduce((sum, { characters }) => sum + characters, 0),
  }
}

/** Which limit of this process more documents would pass. */
function crowded({ documents, characters }: Totals, limits: RuntimeLimits): Full | null {
  if (documents > limits.undecidedDocumentsMax) {
    const sentence = `${limits.undecidedDocumentsMax} documents wait to be decided here`
    return { limit: 'undecidedDocumentsMax', sentence }
  }
  if (characters <= limits.undecidedCharactersMax) return null
  const sentence = `documents of ${limits.undecidedCharactersMax} characters wait to be decided here`
  return { limit: 'undecidedCharactersMax', sentence }
}

/** Which limit the work that waits in the store has reached, for documents of these tenants. */
function overdue(
  { queued, effects }: Backlog,
  limits: RuntimeLimits,
  tenants: readonly string[] | undefined,
): Full | null {
  if (queued.count >= limits.queuedMessagesMax) {
    const sentence = `${queued.count} messages between orders and invoices wait to be told`
    return { limit: 'queuedMessagesMax', sentence }
  }
  const lane = effects.find(
    ({ tenant, count }) => count >= limits.unsentEffectsMax && (tenants?.includes(tenant) ?? true),
  )
  if (lane === undefined) return null
  const { tenant, destination, count } = lane
  const sentence = `${count} effects of \`${tenant}\` wait for \`${destination}\``
  return { limit: 'unsentEffectsMax', sentence }
}

function putOff({ limit, sentence }: Full, retryAfterSeconds: number): CounterfoilError {
  return new CounterfoilError(
    'LIMIT_EXCEEDED',
    `no room for a document now, because ${sentence}: offer it again in ${retryAfterSeconds} seconds`,
    { retryable: true, details: { limit, retryAfterSeconds } },
  )
}

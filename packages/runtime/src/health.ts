import { addMilliseconds, CounterfoilError, instant } from '@counterfoil/core'
import type { Clock } from './clock/clock.ts'
import type { RuntimePhase } from './closing.ts'
import type { Admission, IntakeStanding } from './receive/admission.ts'
import type { Backlog, StoreStanding } from './store/backlog.ts'
import type { Store } from './store/store.ts'

/** How a runtime stands, for whoever watches it: of all tenants, without a word of any document. */
export type RuntimeHealth = {
  readonly phase: RuntimePhase
  /** It is open and its store answers, so that documents and decisions may be sent here. */
  readonly isReady: boolean
  /** Why it is not ready, or puts documents off, in sentences; empty when all is well. */
  readonly reasons: readonly string[]
  readonly store:
    | ({ readonly kind: 'answers' } & Pick<StoreStanding, 'schema' | 'share'>)
    /** `retryable` false is for good: a wrong password, tables of a later release. */
    | { readonly kind: 'silent'; readonly sentence: string; readonly retryable: boolean }
  /** What this process has taken from senders and not answered yet. */
  readonly intake: IntakeStanding
  /** What waits in the store, whoever does it; null while the store is silent. */
  readonly work: (Backlog & Omit<StoreStanding, 'schema' | 'share'>) | null
}

/** A store that has not answered after so long counts as silent. */
const answerSecondsMax = 5

/** Looks how a runtime stands. Never throws. */
export async function lookAtHealth({
  store,
  clock,
  admission,
  phase,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly admission: Admission
  readonly phase: RuntimePhase
}): Promise<RuntimeHealth> {
  try {
    const [backlog, standing] = await answerInTime(clock, () =>
      Promise.all([store.backlog(), store.standing({ now: clock.now() })]),
    )
    const { schema, share, ...rest } = standing
    const intake = admission.standing(backlog)
    const reasons = [...phaseReasons(phase), ...(intake.full === null ? [] : [intake.full])]
    return {
      phase,
      isReady: phase === 'open',
      reasons,
      store: { kind: 'answers', schema, share },
      intake,
      work: { ...backlog, ...rest },
    }
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    const retryable = CounterfoilError.is(error) && error.retryable
    return {
      phase,
      isReady: false,
      reasons: [...phaseReasons(phase), `the store does not answer: ${sentence}`],
      store: { kind: 'silent', sentence, retryable },
      intake: admission.standing(null),
      work: null,
    }
  }
}

function phaseReasons(phase: RuntimePhase): readonly string[] {
  if (phase === 'open') return []
  return [
    phase === 'draining' ? 'it finishes what it has begun and takes nothing new' : 'it is closed',
  ]
}

async function answerInTime<Answer>(clock: Clock, ask: () => Promise<Answer>): Promise<Answer> {
  const answered = new AbortController()
  const until = addMilliseconds(instant(clock.now()), answerSecondsMax * 1000)
  const overdue = clock.waitUntil(until, answered.signal).then((): never => {
    throw new CounterfoilError('STORE_UNAVAILABLE', `no answer after ${answerSecondsMax} seconds`, {
      retryable: true,
    })
  })
  try {
    return await Promise.race([ask(), overdue])
  } finally {
    answered.abort()
    overdue.catch(() => undefined)
  }
}

import {
  addMilliseconds,
  capabilityFor,
  compareInstants,
  type Connector,
  CounterfoilError,
  type Instant,
  instant,
  type Message,
  splitKey,
  TenantId,
  type WriteAnswer,
} from '@counterfoil/core'
import { refusalToWrite } from '@counterfoil/core/system-of-record'
import type { Clock } from '../clock/clock.ts'
import type { Conductor } from '../decide/conduct.ts'
import { type Draft, type DraftedPiece, loadInDraft } from '../decide/draft.ts'
import { failureSentence } from '../decide/failure-sentence.ts'
import type { Writer } from '../decide/writer.ts'
import { isNotTaken } from '../machines/machines.ts'
import type { NamesApart } from '../people/names-apart.ts'
import type { ContractInForce } from '../receive/contract-in-force.ts'
import type { BusinessScope, RuntimeLimits } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import type { ClaimedEffect } from '../store/stored-records.ts'
import type { WatchedWork } from '../watch/telemetry.ts'
import type { Watcher } from '../watch/watcher.ts'
import { deadEffectPiece } from './stage-dead-letter.ts'
import { withinTime } from './within-time.ts'

/** What carrying effects out needs. */
export type Dispatch = {
  readonly store: Store
  readonly writer: Writer
  readonly watcher: Watcher
  readonly conductor: Conductor
  readonly connectors: readonly Connector[]
  readonly contracts: ContractInForce
  readonly names: NamesApart
  readonly clock: Clock
  readonly limits: RuntimeLimits
  /** Aborted when nothing new is taken any more. */
  readonly draining: AbortSignal
  /** Aborted when connectors are waited for no longer. */
  readonly calledOff: AbortSignal
}

/** What became of an attempt at an effect. */
export type Fate = 'delivered' | 'retried' | 'dead'

type Attempt =
  | { readonly kind: 'answered'; readonly connector: string; readonly answer: WriteAnswer }
  | {
      readonly kind: 'failed'
      readonly mayRetry: boolean
      readonly sentence: string
      /** Whether a connector was asked. */
      readonly isTried: boolean
    }
  /** Nobody waits for an answer any more; whether it was carried out is not known. */
  | { readonly kind: 'called-off' }

/**
 * Asks a connector to carry an effect out, at the latest until an instant, and stores what came of it. No transaction is
 * open while the connector works.
 */
export async function deliverEffect(
  dispatch: Dispatch,
  effect: ClaimedEffect,
  until: Instant,
): Promise<Fate> {
  return dispatch.watcher.outside(
    () => workOf(effect),
    async ({ traceparent, submit }) => {
      const attempt = await attemptDelivery(dispatch, { ...effect, traceparent }, until)
      return submit((draft) => settle(dispatch, draft, effect, attempt))
    },
  )
}

function workOf({
  tenant,
  destination,
  intent,
  key,
  aggregate,
  attempts,
  traceparent,
}: ClaimedEffect): WatchedWork {
  const about = { order: aggregate.key, messageId: key, attempt: attempts }
  return {
    kind: 'effect',
    facts: { tenant, destination, intentKind: intent.kind, ...about },
    traceparent,
  }
}

async function settle(
  dispatch: Dispatch,
  draft: Draft,
  effect: ClaimedEffect,
  attempt: Attempt,
): Promise<Fate> {
  if (attempt.kind === 'answered') return settleAnswered(dispatch, draft, effect, attempt)
  if (attempt.kind === 'called-off') {
    draft.pieces.push(givenBack(dispatch, effect))
    return 'retried'
  }
  const isLast = effect.attemptsFailed + 1 >= dispatch.limits.effectAttemptsMax
  if (attempt.mayRetry && !isLast) {
    draft.pieces.push(retryPiece(dispatch, effect, attempt.sentence))
    return 'retried'
  }
  const attempts = effect.attemptsFailed + (attempt.isTried ? 1 : 0)
  const failed = { sentence: attempt.sentence, attempts, isTold: false }
  draft.pieces.push(await deadPiece(dispatch, draft, effect, failed))
  return 'dead'
}

async function attemptDelivery(
  { connectors, contracts, clock, draining, calledOff, names, limits }: Dispatch,
  { tenant, key, aggregate, intent, leasesLost, traceparent }: ClaimedEffect,
  until: Instant,
): Promise<Attempt> {
  // Not begun, so that nobody waits for it: claimed while the runtime began to close, or by a store that was slow to give
  // the lease and gave one that is over.
  const isLate = compareInstants(instant(clock.now()), until) >= 0
  if (draining.aborted || isLate) return { kind: 'called-off' }
  if (leasesLost >= limits.leasesLostMax) {
    const sentence = `${leasesLost} times in a row the process ended before there was an answer: look whether it was carried out and what ended the process, then try again, or discard it`
    return { kind: 'failed', mayRetry: false, isTried: false, sentence }
  }
  const refused = refusalByContract(contracts, { tenant, aggregate, intent }, clock)
  if (refused !== null) return refused
  const capability = capabilityFor(intent)
  const connector = connectors.find(
    ({ tenants, capabilities }) =>
      (tenants?.includes(tenant) ?? true) && capabilities.writes.includes(capability),
  )
  if (connector === undefined) {
    const sentence = `no connector takes \`${capability}\`: connect one and try again, or discard it`
    return { kind: 'failed', mayRetry: false, isTried: false, sentence }
  }
  try {
    const named = await names.reveal(tenant, intent)
    const answer = await withinTime({ clock, until, signal: calledOff }, (heeded) =>
      connector.write({
        tenant,
        aggregate,
        intent: named,
        idempotencyKey: key,
        signal: heeded,
        traceparent,
      }),
    )
    return { kind: 'answered', connector: connector.name, answer }
  } catch (error) {
    if (calledOff.aborted) return { kind: 'called-off' }
    // An error that is not ours may be anything, an outage above all, so it is tried again.
    const mayRetry = !CounterfoilError.is(error) || error.retryable
    const said = error instanceof Error ? error.message : String(error)
    return { kind: 'failed', mayRetry, isTried: true, sentence: `${connector.name}: ${said}` }
  }
}

/** What the contract does not let be written is answered at once, and nobody is asked: its owner's case says why (INV-20). */
function refusalByContract(
  contracts: ContractInForce,
  { tenant, aggregate, intent }: Pick<ClaimedEffect, 'tenant' | 'aggregate' | 'intent'>,
  clock: Clock,
): Extract<Attempt, { readonly kind: 'answered' }> | null {
  if (intent.kind !== 'write-back') return null
  const buyerOrganisation = splitKey(aggregate.key)[1] ?? ''
  const contract = contracts({ tenant, buyerOrganisation, at: instant(clock.now()) })
  const refusal = contract === undefined ? null : refusalToWrite(contract, intent)
  if (refusal === null || contract === undefined) return null
  const { sentence } = refusal
  return {
    kind: 'answered',
    connector: `contract ${contract.id}@${contract.version}`,
    answer: { kind: 'conflict', currentVersion: null, sentence },
  }
}

async function settleAnswered(
  dispatch: Dispatch,
  draft: Draft,
  effect: ClaimedEffect,
  { connector, answer }: Extract<Attempt, { readonly kind: 'answered' }>,
): Promise<Fate> {
  const { conductor } = dispatch
  const told = conductor.answerOf(effect.aggregate, effect.intent, answer)
  if (told !== null)
    draft.pieces.push(answerPiece(effect, { connector, answer, told, now: conductor.now() }))
  if (answer.kind === 'applied' || (answer.kind === 'conflict' && told !== null)) {
    const reference = answer.kind === 'applied' ? answer.reference : null
    const { tenant, key } = effect
    draft.pieces.push({
      effectResults: [
        { kind: 'delivered', tenant, key, at: conductor.now(), connector, reference },
      ],
    })
    return 'delivered'
  }
  const refused = {
    sentence: `${connector}: ${answer.sentence}`,
    attempts: effect.attemptsFailed + 1,
    isTold: told !== null,
  }
  draft.pieces.push(await deadPiece(dispatch, draft, effect, refused))
  return 'dead'
}

/**
 * The message by which an aggregate learns what a system answered. Its id is the effect's, so each answer is told once;
 * one that was refused, and applied after somebody sent it again, is two.
 */
function answerPiece(
  { tenant, key, aggregate }: ClaimedEffect,
  {
    connector,
    answer,
    told: { type, data },
    now,
  }: {
    readonly connector: string
    readonly answer: WriteAnswer
    readonly told: NonNullable<ReturnType<Conductor['answerOf']>>
    readonly now: Instant
  },
): DraftedPiece {
  return {
    queue: [
      {
        id: `${answerIdStart}${key}/${answer.kind}`,
        tenant: TenantId.parse(tenant),
        aggregate,
        type,
        schemaVersion: 1,
        occurredAt: now,
        receivedAt: now,
        actor: { kind: 'connector', id: connector, roles: [] },
        causedBy: key.slice(0, key.lastIndexOf('/')),
        data,
      },
    ],
  }
}

const answerIdStart = 'effect:'

/** True for the message by which an aggregate learns what a system answered. */
export function isAnswerToEffect({ id, actor }: Pick<Message, 'id' | 'actor'>): boolean {
  return id.startsWith(answerIdStart) && actor.kind === 'connector'
}

function retryPiece(
  { conductor, limits }: Dispatch,
  { tenant, key, attempts, attemptsFailed }: ClaimedEffect,
  sentence: string,
): DraftedPiece {
  const at = conductor.now()
  const seconds = Math.min(
    limits.retryDelaySeconds * 2 ** attemptsFailed,
    limits.retryDelaySecondsMax,
  )
  const notBefore = addMilliseconds(at, Math.round(seconds * 1000))
  return {
    effectResults: [{ kind: 'retry', tenant, key, at, attempt: attempts, notBefore, sentence }],
  }
}

/** Ends the lease at once, so that the next process need not wait for it; nothing failed. */
function givenBack(
  { conductor }: Dispatch,
  { tenant, key, attempts }: ClaimedEffect,
): DraftedPiece {
  const at = conductor.now()
  return {
    effectResults: [{ kind: 'given-back', tenant, key, at, attempt: attempts, notBefore: at }],
  }
}

async function deadPiece(
  { conductor }: Dispatch,
  draft: Draft,
  effect: ClaimedEffect,
  why: { readonly sentence: string; readonly attempts: number; readonly isTold: boolean },
): Promise<DraftedPiece> {
  const place = await placeOf(conductor, draft, effect)
  return deadEffectPiece(conductor, { effect, place, ...why })
}

async function placeOf(
  conductor: Conductor,
  draft: Draft,
  { tenant, aggregate: reference, key }: ClaimedEffect,
): Promise<BusinessScope | null> {
  try {
    const { aggregate } = await loadInDraft(draft, { tenant, reference, messageId: key })
    const now = conductor.now()
    return conductor.scopeOf(aggregate.state, {
      id: key,
      tenant: TenantId.parse(tenant),
      aggregate: reference,
      type: 'effect.died',
      schemaVersion: 1,
      occurredAt: now,
      receivedAt: now,
      actor: { kind: 'system', id: 'counterfoil', roles: [] },
      causedBy: null,
      data: {},
    })
  } catch (error) {
    if (!isNotTaken(error)) failureSentence(error)
    return null
  }
}

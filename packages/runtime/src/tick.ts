import { joinKey, type Message } from '@counterfoil/core'
import type { SignedHeads } from './audit/sign-heads.ts'
import { failureSentence } from './decide/failure-sentence.ts'
import { fireTimer, letMessageDie, tellQueued, timerMessage } from './decide/tell-queued.ts'
import type { Draft, WantedAggregate } from './decide/draft.ts'
import type { Job } from './decide/writer.ts'
import type { Dispatcher } from './dispatch/create-dispatcher.ts'
import type { Dispatch } from './dispatch/deliver-effect.ts'
import type { ConnectorReader } from './dispatch/read-connectors.ts'
import { createGathering } from './dispatch/gather-answers.ts'
import { isNotTaken } from './machines/machines.ts'
import type { LeftWork, TickReport } from './runtime.ts'
import { aggregateText } from './store/aggregate-text.ts'
import type { QueuedMessage } from './store/stored-records.ts'
import type { WatchedWork } from './watch/telemetry.ts'

/** What ticks of one runtime work with. */
export type Work = Dispatch & {
  readonly reader: ConnectorReader
  readonly dispatcher: Dispatcher
  readonly signHeads: () => Promise<SignedHeads>
}

type Patience = { readonly isPatient: boolean }

/**
 * Does everything that is due now: reads connectors, fires timers, tells messages, carries effects out, signs heads over
 * the audit chains. What it asked of other systems it waits for when it `isPatient`; otherwise that ends beside it.
 */
export async function tick(work: Work, patience: Patience): Promise<TickReport> {
  const report = await doWhatIsDue(work, patience)
  const { signed, refused } = await work.signHeads()
  return { ...report, headsSigned: signed, headsRefused: refused }
}

async function doWhatIsDue(work: Work, { isPatient }: Patience): Promise<TickReport> {
  const { reader, dispatcher, limits, draining } = work
  if (!isPatient) reader.start()
  let report: TickReport = { ...nothingDone, ...(isPatient && (await reader.readAll())) }
  const left: Left = new Map()
  const gathering = createGathering(limits.batchMax)
  for (let round = 0; round < limits.roundsMax; round += 1) {
    const leftBefore = left.size
    const timersFired = await fireTimers(work, left)
    const isGathering = timersFired === 0 && gathering.isOn()
    const told = isGathering ? [] : await tellMessages(work, left)
    const messages = told.length
    const started = await dispatcher.start()
    const { delivered, retried, dead } = dispatcher.report()
    gathering.round({ told: isGathering ? null : told, timersFired, started, delivered })
    // An answer that comes within the turn is still gathered; nobody waits for one that takes longer.
    if (gathering.isOn()) await Promise.race([dispatcher.next(), aTurn()])
    const isQuiet = timersFired + messages + started + delivered + retried + dead === 0
    // What was left just now stood before what nobody has looked at yet.
    if (isQuiet && !isGathering && left.size === leftBefore) {
      if (!isPatient || !dispatcher.isUnderWay()) {
        return { ...report, left: [...left.values()], finished: !draining.aborted }
      }
      await dispatcher.next()
    }
    report = {
      ...report,
      timersFired: report.timersFired + timersFired,
      messages: report.messages + messages,
      effectsDelivered: report.effectsDelivered + delivered,
      effectsRetried: report.effectsRetried + retried,
      deadLetters: report.deadLetters + dead,
    }
  }
  return { ...report, left: [...left.values()] }
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}

/** Work of aggregates that nobody here can decide about, by aggregate. */
type Left = Map<string, LeftWork>

const nothingDone: TickReport = {
  deliveriesRead: 0,
  timersFired: 0,
  messages: 0,
  effectsDelivered: 0,
  effectsRetried: 0,
  deadLetters: 0,
  connectorsUnavailable: [],
  headsSigned: 0,
  headsRefused: [],
  left: [],
  finished: false,
}

async function fireTimers(work: Dispatch, left: Left): Promise<number> {
  const { store, watcher, conductor, draining } = work
  if (draining.aborted) return 0
  const now = conductor.now()
  const due = await notLeft(work, left, {
    fetch: (limit) => store.dueTimers({ now, limit }),
    subjectOf: (timer) => timer,
  })
  const fired = await Promise.all(
    due.map((timer) =>
      doOrSetAside(work, left, timerMessage(timer), (draft) =>
        watcher.within(
          () => workOf('timer', timerMessage(timer)),
          draft,
          (watched, asked) => fireTimer(asked, watched, timer),
          [timer.aggregate],
        ),
      ),
    ),
  )
  return fired.filter(Boolean).length
}

// One piece of work for each aggregate: where one message meets an outage, none behind it is told before it.
async function tellMessages(work: Dispatch, left: Left): Promise<readonly Message[]> {
  const { store, writer, watcher, draining } = work
  if (draining.aborted) return []
  const queued = await notLeft(work, left, {
    fetch: (limit) => store.queued({ limit }),
    subjectOf: ({ message }) => message,
  })
  const groups = Map.groupBy(queued, ({ message }) => ownerOf(message))
  const told = await Promise.all([...groups.values()].map(tellInOrder))
  return told.flat()

  async function tellInOrder(group: readonly QueuedMessage[]): Promise<readonly Message[]> {
    try {
      await writer.submit(async (draft) => {
        for (const queued of group) await tell(draft, queued)
      }, readsOf(group))
      return group.map(({ message }) => message)
    } catch (error) {
      if (!isNotTaken(error)) failureSentence(error)
      const done: Message[] = []
      for (const queued of group) {
        const job: Job<void> = (draft) => tell(draft, queued)
        if (await doOrSetAside(work, left, messageIn(queued), job)) done.push(queued.message)
      }
      return done
    }
  }

  function tell(draft: Draft, queued: QueuedMessage): Promise<void> {
    const message = messageIn(queued)
    return watcher.within(
      () => workOf('message', message, queued.message.traceparent),
      draft,
      (watched, conductor) => tellQueued(conductor, watched, message),
    )
  }
}

function readsOf(group: readonly QueuedMessage[]): readonly WantedAggregate[] {
  const first = group[0]?.message
  if (first === undefined) return []
  const { tenant, aggregate: reference } = first
  return [{ tenant, reference, messageIds: group.map(({ message }) => message.id) }]
}

/** What is due of aggregates that were not left; it is looked for behind what was left. */
async function notLeft<Work>(
  { limits }: Dispatch,
  left: Left,
  {
    fetch,
    subjectOf,
  }: {
    readonly fetch: (limit: number) => Promise<readonly Work[]>
    readonly subjectOf: (work: Work) => Subject
  },
): Promise<readonly Work[]> {
  for (let limit = limits.batchMax; ; limit *= 2) {
    const found = await fetch(limit)
    const open = found.filter((work) => !left.has(ownerOf(subjectOf(work))))
    if (open.length > 0 || found.length < limit) return open.slice(0, limits.batchMax)
  }
}

type Subject = Omit<LeftWork, 'sentence'>

function ownerOf({ tenant, aggregate }: Subject): string {
  return joinKey([tenant, aggregateText(aggregate)])
}

// What cannot be stored would fail again at every turn and hold up what waits behind it, so its message is set aside. What
// another process can decide about is left as it is.
async function doOrSetAside(
  { writer, conductor }: Dispatch,
  left: Left,
  message: Message,
  job: Job<void>,
): Promise<boolean> {
  try {
    await writer.submit(job)
  } catch (error) {
    if (isNotTaken(error)) {
      const { tenant, aggregate } = message
      left.set(ownerOf(message), { tenant, aggregate, sentence: error.message })
      return false
    }
    const sentence = failureSentence(error)
    await writer.submit((draft) => letMessageDie(conductor, draft, message, sentence))
  }
  return true
}

/** The message as its aggregate is told it: the trace is nothing to decide about. */
function messageIn({ message: { traceparent: _traceparent, ...message } }: QueuedMessage): Message {
  return message
}

function workOf(
  kind: 'message' | 'timer',
  { tenant, aggregate, id, type }: Message,
  traceparent?: string,
): WatchedWork {
  const facts = { tenant, order: aggregate.key, messageId: id, messageType: type }
  return { kind, facts, traceparent }
}

import { joinKey, type Message } from '@counterfoil/core'
import type { SignedHeads } from './audit/sign-heads.ts'
import { failureSentence } from './decide/failure-sentence.ts'
import { fireTimer, letMessageDie, tellQueued, timerMessage } from './decide/tell-queued.ts'
import type { Job } from './decide/writer.ts'
import type { Dispatcher } from './dispatch/create-dispatcher.ts'
import type { Dispatch } from './dispatch/deliver-effect.ts'
import type { ConnectorReader } from './dispatch/read-connectors.ts'
import type { TickReport } from './runtime.ts'
import { aggregateText } from './store/aggregate-text.ts'
import type { QueuedMessage } from './store/stored-records.ts'

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
  const { reader, dispatcher, limits, signal } = work
  if (!isPatient) reader.start()
  let report: TickReport = { ...nothingDone, ...(isPatient && (await reader.readAll())) }
  for (let round = 0; round < limits.roundsMax && !signal.aborted; round += 1) {
    const timersFired = await fireTimers(work)
    const messages = await tellMessages(work)
    const started = await dispatcher.start()
    const { delivered, retried, dead } = dispatcher.report()
    if (timersFired + messages + started + delivered + retried + dead === 0) {
      if (!isPatient || !dispatcher.isUnderWay()) return { ...report, finished: true }
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
  return report
}

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
  finished: false,
}

async function fireTimers(work: Dispatch): Promise<number> {
  const { store, conductor, limits } = work
  const due = await store.dueTimers({ now: conductor.now(), limit: limits.batchMax })
  await Promise.all(
    due.map((timer) =>
      doOrSetAside(work, timerMessage(timer), (draft) => fireTimer(conductor, draft, timer)),
    ),
  )
  return due.length
}

// One piece of work for each aggregate: where one message meets an outage, none behind it is told before it.
async function tellMessages(work: Dispatch): Promise<number> {
  const { store, writer, conductor, limits } = work
  const queued = await store.queued({ limit: limits.batchMax })
  const groups = Map.groupBy(queued, ({ message: { tenant, aggregate } }) =>
    joinKey([tenant, aggregateText(aggregate)]),
  )
  await Promise.all([...groups.values()].map(tellInOrder))
  return queued.length

  async function tellInOrder(group: readonly QueuedMessage[]): Promise<void> {
    try {
      await writer.submit(async (draft) => {
        for (const { message } of group) await tellQueued(conductor, draft, message)
      })
    } catch (error) {
      failureSentence(error)
      for (const { message } of group) {
        await doOrSetAside(work, message, (draft) => tellQueued(conductor, draft, message))
      }
    }
  }
}

// What cannot be stored would fail again at every turn and hold up what waits behind it, so its message is set aside.
async function doOrSetAside(
  { writer, conductor }: Dispatch,
  message: Message,
  job: Job<void>,
): Promise<void> {
  try {
    await writer.submit(job)
  } catch (error) {
    const sentence = failureSentence(error)
    await writer.submit((draft) => letMessageDie(conductor, draft, message, sentence))
  }
}

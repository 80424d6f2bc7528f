import { joinKey, type Message } from '@counterfoil/core'
import { failureSentence } from './decide/failure-sentence.ts'
import { fireTimer, letMessageDie, tellQueued, timerMessage } from './decide/tell-queued.ts'
import type { Job } from './decide/writer.ts'
import { deliverEffects, type Dispatch } from './dispatch/deliver-effects.ts'
import { readConnectors, type Reading } from './dispatch/read-connectors.ts'
import type { TickReport } from './runtime.ts'
import { aggregateText } from './store/aggregate-text.ts'
import type { QueuedMessage } from './store/stored-records.ts'

/** Does everything that is due now: reads connectors, fires timers, tells messages, carries effects out. */
export async function tick(work: Dispatch & Reading): Promise<TickReport> {
  const read = await readConnectors(work)
  let report: TickReport = { ...nothingDone, ...read }
  for (let round = 0; round < work.limits.roundsMax && !work.signal.aborted; round += 1) {
    const timersFired = await fireTimers(work)
    const messages = await tellMessages(work)
    const { delivered, retried, dead } = await deliverEffects(work)
    if (timersFired + messages + delivered + retried + dead === 0) {
      return { ...report, finished: true }
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

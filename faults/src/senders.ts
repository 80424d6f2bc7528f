import { setTimeout as pause } from 'node:timers/promises'
import type { DocumentEnvelope } from '@counterfoil/core'
import type { Chance } from './chance.ts'
import { orderLife, type OrderLife } from './order-life.ts'
import type { Reply } from './worker-process.ts'

/** Partners who send their documents until each is acknowledged, and some of them twice. */
export type Senders = {
  /** Deliveries that were acknowledged, each once: what must never be lost. */
  readonly acknowledged: ReadonlySet<DocumentEnvelope>
  /** Those that were acknowledged before and taken for new later. */
  readonly lost: ReadonlySet<DocumentEnvelope>
  /** How often somebody did not hear whether a document had arrived, and sent it again. */
  readonly unheard: () => number
  /** Why documents were refused for the time being, each reason once. */
  readonly refusals: ReadonlySet<string>
  readonly lives: readonly OrderLife[]
  /** Resolves when all documents of `ordersMax` orders are acknowledged. */
  readonly done: () => Promise<void>
  /** Begins no more orders. Resolves when all documents of those begun are acknowledged. */
  readonly finish: () => Promise<void>
}

const patienceMilliseconds = 20

/** Sends so many orders at the same time, one after another each, until told to finish. */
export function startSenders({
  ask,
  chance,
  orders,
  ordersMax = Infinity,
}: {
  readonly ask: (envelope: DocumentEnvelope) => Promise<Reply>
  readonly chance: Chance
  readonly orders: number
  readonly ordersMax?: number
}): Senders {
  const acknowledged = new Set<DocumentEnvelope>()
  const refusals = new Set<string>()
  const lives: OrderLife[] = []
  const lost = new Set<DocumentEnvelope>()
  let [unheard, isOver] = [0, false]
  const sending = Array.from({ length: orders }, sendOrders)
  return {
    acknowledged,
    refusals,
    lives,
    lost,
    unheard: () => unheard,
    done: async () => {
      await Promise.all(sending)
    },
    finish: async () => {
      isOver = true
      await Promise.all(sending)
    },
  }

  async function sendOrders(): Promise<void> {
    while (!isOver && lives.length < ordersMax) {
      const life = orderLife(lives.length)
      lives.push(life)
      for (const delivery of life.deliveries) {
        await send(delivery)
        if (chance.happens(0.15)) await send(delivery)
      }
    }
  }

  async function send(delivery: DocumentEnvelope): Promise<void> {
    for (;;) {
      const reply = await ask(delivery)
      if (reply.kind === 'answered') {
        if (acknowledged.has(delivery) && reply.outcomes[0] !== 'duplicate') lost.add(delivery)
        acknowledged.add(delivery)
        return
      }
      if (reply.kind === 'unavailable') refusals.add(`${reply.code}: ${reply.sentence}`)
      unheard += 1
      await pause(patienceMilliseconds)
    }
  }
}

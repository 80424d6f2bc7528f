/** A process with one desk: its parent has it live orders, and is told when all their documents are answered. */
import { orderLives } from '../runtime/order-lives.ts'
import type { Desk, Place } from './desk.ts'
import { type DeskName, desks } from './desks.ts'

/** What a process is started with. */
export type DeskWorkerSettings = { readonly desk: DeskName; readonly place: Place }

/** So many orders from a number on: one step of their lives, or with null all of them. */
export type Lives = {
  readonly orders: number
  readonly first: number
  readonly step: number | null
}

/** Has orders lived, all at once and each in turn with itself; or ends. */
export type DeskTold = ({ readonly kind: 'live' } & Lives) | { readonly kind: 'close' }

/** Where a process stands. */
export type DeskSaid = { readonly kind: 'open' | 'lived' }

async function live(desk: Desk, { orders, first, step }: Lives): Promise<void> {
  const steps = orderLives(orders, first).filter((_, index) => step === null || index === step)
  await Promise.all(
    Array.from({ length: orders }, async (_, order) => {
      for (const { deliveries } of steps) {
        const delivery = deliveries[order]
        if (delivery !== undefined) await desk.take(delivery)
      }
    }),
  )
}

function say(said: DeskSaid): void {
  process.send?.(said)
}

async function work({ desk: name, place }: DeskWorkerSettings): Promise<void> {
  const desk = await desks[name](place)
  process.on('disconnect', () => process.exit())
  process.on('message', (told: DeskTold) => {
    if (told.kind === 'close') {
      void desk.close().then(() => process.exit())
    } else {
      void live(desk, told).then(() => say({ kind: 'lived' }))
    }
  })
  say({ kind: 'open' })
}

await work(JSON.parse(process.argv[2] ?? ''))

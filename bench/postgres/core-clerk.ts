import {
  addressDocument,
  emptyWorld,
  instant,
  Message,
  type OutwardIntent,
  sha256Hex,
  tellWorld,
  TradeDocument,
  type World,
} from '@counterfoil/core'
import { canonicalPolicy } from '../canonical-policy.ts'
import { dayOfLives } from '../runtime/running-clock.ts'
import type { Clerk, Effect, Entry } from './clerk.ts'

/**
 * The decisions of core, those that the runtime takes, on a book that holds the order with its shipments, invoices and
 * clocks as one value. Events and effects are handed out and not kept in it.
 */
export function createCoreClerk(): Clerk {
  const context = { policy: canonicalPolicy(), now: instant(dayOfLives) }
  return {
    take: (book, input) => {
      const document = TradeDocument.parse(input)
      const id = `document:${document.kind}:${document.documentNumber}:${sha256Hex(JSON.stringify(document))}`
      const messages = addressDocument(document).map((addressed) =>
        messageOf({ ...addressed, id, occurredAt: document.issuedAt, causedBy: null }),
      )
      return entryOf(book === null ? emptyWorld : JSON.parse(book), messages, context)
    },
    carriedOut: (book, effect) => {
      const { aggregate, intent }: World['effects'][number] = JSON.parse(effect.body)
      if (intent.kind !== 'write-back') throw new Error('only records are answered')
      const { system, record } = intent
      const answer = messageOf({
        aggregate,
        type: 'write-back.answered',
        id: `effect:${effect.key}`,
        occurredAt: dayOfLives,
        causedBy: effect.key,
        data: { system, record, outcome: 'applied', currentVersion: null, sentence: 'taken' },
      })
      return entryOf(JSON.parse(book), [answer], context)
    },
  }
}

function messageOf(given: object): Message {
  return Message.parse({
    tenant: 'bench',
    schemaVersion: 1,
    receivedAt: dayOfLives,
    actor: { kind: 'connector', id: 'bench', roles: [] },
    ...given,
  })
}

function entryOf(
  before: World,
  messages: readonly Message[],
  context: Parameters<typeof tellWorld>[2],
): Entry {
  const world = messages.reduce((told, message) => {
    const { outcome, world: after } = tellWorld(told, message, context)
    if (outcome.kind !== 'applied') throw new Error(`\`${message.id}\` was not applied`)
    return after
  }, before)
  return {
    book: JSON.stringify({ ...world, log: [], audit: [], effects: [] }),
    events: world.log.map((event) => ({
      id: `${event.aggregate.kind}:${event.id}`,
      body: JSON.stringify(event),
    })),
    effects: world.effects.map((effect): Effect => ({
      key: `${effect.aggregate.kind}:${effect.key}`,
      destination: destinationOf(effect.intent),
      body: JSON.stringify(effect),
    })),
  }
}

function destinationOf(intent: OutwardIntent): string {
  switch (intent.kind) {
    case 'notify':
      return 'people'
    case 'send-supplier-notice':
      return 'supplier'
    case 'send-document':
      return intent.to
    case 'write-back':
      return intent.system
  }
}

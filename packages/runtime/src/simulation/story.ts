import type { Connector, Envelope, Intent } from '@counterfoil/core'
import { instant } from '@counterfoil/core'
import type { AggregateCommand } from '../act/command.ts'
import {
  anOrder,
  type Script,
  script,
  scriptedMilestone,
} from '../decide/scripted-order.examples.ts'
import type { Chance } from './chance.ts'

/** When every story begins. */
export const storyStart = '2026-11-25T09:00:00Z'
/** Timers a story calls off would ring then, long after the troubles are over. */
export const farOff = '2026-12-20T09:00:00Z'

/** What partners and people do, in some order, and what must have come of it whatever went wrong on the way. */
export type Story = {
  readonly deliveries: readonly Envelope[]
  /** Deliveries that wait at a connector to be fetched. */
  readonly feed: readonly Envelope[]
  readonly commands: readonly AggregateCommand[]
  readonly expected: Expected
}

/** Computed from the story alone, by adding up what its documents say. */
export type Expected = {
  /** For each order, as `tenant/buyer/number`: every word it must be told once. */
  readonly words: ReadonlyMap<string, readonly string[]>
  /** Subjects of what must be carried out once, and of what must end as a dead letter. */
  readonly delivered: readonly string[]
  readonly deadEffects: readonly string[]
  /** Words that can never be told: their messages must end as dead letters. */
  readonly deadWords: readonly string[]
  /** Bodies and words of documents that must lie in quarantine. */
  readonly quarantined: readonly string[]
}

/** Intents of this subject are declined by the other system, or fail for ever. */
export const refusedSubject = 'refused'
export const downSubject = 'down'

const tenants = ['acme', 'bolt']
const orderNumbers = ['4711', '4712']

/** A story of some documents, commands, timers and effects, chosen by chance. */
export function tellStory(chance: Chance): Story {
  const deliveries: Envelope[] = []
  const feed: Envelope[] = []
  const commands: AggregateCommand[] = []
  const words = new Map<string, string[]>()
  const delivered: string[] = []
  const deadEffects: string[] = []
  const deadWords: string[] = []
  const quarantined: string[] = []
  const tell = (tenant: string, number: string, word: string): void => {
    const { key } = anOrder(number, tenant)
    words.set(key, [...(words.get(key) ?? []), word])
  }
  const send = (
    tenant: string,
    given: Pick<Envelope, 'document'> | { readonly body: string },
    isGood = true,
  ): void => {
    const envelope = {
      tenant,
      buyerOrganisation: '0001',
      connection: 'portal',
      timeZone: 'UTC',
      ...given,
    } as Envelope
    ;(chance.happens(0.3) ? feed : deliveries).push(envelope)
    if (isGood && chance.happens(0.15)) {
      deliveries.push({ ...envelope, connection: 'mail' })
    }
  }

  const count = 3 + chance.below(6)
  for (let index = 0; index < count; index += 1) tellOne(index)
  return {
    deliveries,
    feed,
    commands,
    expected: { words, delivered, deadEffects, deadWords, quarantined },
  }

  function tellOne(index: number): void {
    const tenant = chance.oneOf(tenants)
    const name = `${tenant}${index}`
    const kind = chance.below(20)
    if (kind === 0) {
      const body = `nobody reads ${name}`
      send(tenant, { body }, false)
      quarantined.push(body)
      return
    }
    if (kind === 1) {
      const word = `no-${name}`
      const answer = chance.happens(0.5) ? { refuse: true } : { fail: true }
      send(
        tenant,
        { document: scriptedMilestone({ number: name, tenant, word, ...answer }) },
        false,
      )
      quarantined.push(word)
      return
    }
    const order = chance.oneOf(orderNumbers)
    if (kind <= 4) {
      const word = `noted-${name}`
      tell(tenant, order, word)
      commands.push({
        tenant,
        aggregate: anOrder(order, tenant),
        type: 'test.said',
        data: script({ word }),
        actor: { kind: 'user', id: 'kim', roles: ['buyer'] },
        expectedVersion: null,
        idempotencyKey: name,
      })
      return
    }
    const orders = chance.happens(0.15) ? orderNumbers : [order]
    const told = (words.get(anOrder(order, tenant).key) ?? []).filter((word) =>
      word.startsWith('said'),
    )
    const needs = orders.length === 1 && told.length > 0 && chance.happens(0.6)
    const said: Script = {
      word: `said-${name}`,
      derived: chance.below(3),
      ...(needs ? { needs: chance.oneOf(told) } : {}),
      // A document for two orders asks for nothing: each of them would ask for it.
      intents: orders.length === 1 ? intentsOf(tenant, order, name) : [],
    }
    for (const one of orders) tell(tenant, one, said.word)
    const document = scriptedMilestone({ number: name, tenant, order: orders.join(' '), ...said })
    send(tenant, { document })
  }

  function intentsOf(tenant: string, order: string, name: string): Intent[] {
    const intents: Intent[] = []
    const other = order === '4711' ? '4712' : '4711'
    if (chance.happens(0.5)) intents.push(notify(name))
    if (chance.happens(0.3)) {
      intents.push({
        kind: 'write-back',
        system: 'erp',
        record: name,
        expectedVersion: null,
        data: {},
      })
      delivered.push(name)
      tell(tenant, order, `${name} applied`)
    }
    if (chance.happens(0.4)) {
      const word = `told-${name}`
      const own = chance.happens(0.5) ? [notify(`${name}-told`)] : []
      intents.push({
        kind: 'tell',
        to: anOrder(other, tenant),
        type: 'test.said',
        data: script({ word, intents: own }),
      })
      tell(tenant, other, word)
    }
    if (chance.happens(0.3)) {
      const word = `rang-${name}`
      const minutes = String(10 + chance.below(50))
      intents.push(ringing(`late-${name}`, `2026-11-25T1${chance.below(4)}:${minutes}:00Z`, word))
      tell(tenant, order, word)
    }
    if (chance.happens(0.2)) calledOff(tenant, order, name, intents)
    if (chance.happens(0.1)) {
      const word = `fails-${name}`
      intents.push({
        kind: 'tell',
        to: anOrder(other, tenant),
        type: 'test.said',
        data: script({ word, ...(chance.happens(0.5) ? { fail: true } : { refuse: true }) }),
      })
      deadWords.push(word)
    }
    if (chance.happens(0.12)) {
      const subject = `${chance.oneOf([refusedSubject, downSubject])}-${name}`
      intents.push({ kind: 'notify', role: 'planner', topic: 't', subject, sentence: 'look' })
      deadEffects.push(subject)
    }
    return intents
  }

  /** A timer that a second document calls off, or moves, before it could ring. */
  function calledOff(tenant: string, order: string, name: string, intents: Intent[]): void {
    const timerId = `off-${name}`
    intents.push(ringing(timerId, farOff, `never-${name}`))
    const moves = chance.happens(0.5)
    const word = `off-${name}`
    const second: Script = {
      word,
      needs: `said-${name}`,
      intents: [
        moves
          ? ringing(timerId, '2026-11-25T15:00:00Z', `moved-${name}`)
          : { kind: 'cancel-timer', timerId },
      ],
    }
    tell(tenant, order, word)
    if (moves) tell(tenant, order, `moved-${name}`)
    send(tenant, {
      document: scriptedMilestone({ number: `${name}-off`, tenant, order, ...second }),
    })
  }

  function notify(subject: string): Intent {
    delivered.push(subject)
    return { kind: 'notify', role: 'buyer', topic: 't', subject, sentence: 'look' }
  }
}

function ringing(timerId: string, dueAt: string, word: string): Intent {
  return {
    kind: 'arm-timer',
    timerId,
    dueAt: instant(dueAt),
    type: 'test.said',
    data: script({ word }),
  }
}

/** What an effect is about: the subject of a notice, the record of a write-back. */
export function subjectOf(intent: Parameters<Connector['write']>[0]['intent']): string {
  if (intent.kind === 'notify') return intent.subject
  return intent.kind === 'write-back' ? intent.record : intent.kind
}

import { type Envelope, type Message, verifyAuditChain } from '@counterfoil/core'
import type { AggregateCommand, CommandAnswer } from '../act/command.ts'
import { anOrder, asWords, Script } from '../decide/scripted-order.examples.ts'
import { defaultLimits } from '../create-runtime.ts'
import type { ReceiveAnswer } from '../receive/document-answer.ts'
import type { Store } from '../store/store.ts'
import type { OtherSystem } from './other-system.ts'
import { type Story, subjectOf } from './story.ts'

/** What somebody was answered. */
export type Answer =
  | { readonly envelope: Envelope; readonly answer: ReceiveAnswer }
  | { readonly command: AggregateCommand; readonly answer: CommandAnswer }

/** What a run left behind. */
export type Left = {
  readonly store: Store
  readonly otherSystem: OtherSystem
  /** Every answer that reached who asked, in the order in which they did. */
  readonly answers: readonly Answer[]
  /** Effects that a process which was told to end waited for no longer, and when. */
  readonly calledOff: readonly {
    readonly tenant: string
    readonly key: string
    readonly at: number
  }[]
  /** Leases and waits can be held to the letter only where all clocks show the same. */
  readonly hadRightClocks: boolean
}

/** Compares what is left with what the story says must be; a sentence for each promise that was not kept. */
export async function brokenPromises(story: Story, left: Left): Promise<readonly string[]> {
  const broken: string[] = []
  const same = (what: string, found: readonly string[], wanted: readonly string[]): void => {
    const [one, other] = [found.toSorted().join(' '), wanted.toSorted().join(' ')]
    if (one !== other) broken.push(`${what}: [${one}] instead of [${other}]`)
  }
  const { expected } = story
  const found = { delivered: [] as string[], dead: [] as string[], deadWords: [] as string[] }
  const quarantined: string[] = []
  for (const tenant of ['acme', 'bolt']) {
    await ordersOf(tenant)
    await effectsOf(tenant)
    const page = { tenant, limit: 1000 }
    const parked = (await left.store.parked(page)).rows
    same(
      `${tenant} still parked`,
      parked.map(({ message }) => message.id),
      [],
    )
    quarantined.push(
      ...(await left.store.quarantined(page)).rows.map(({ raw }) => JSON.stringify(raw)),
    )
    found.deadWords.push(
      ...(await left.store.deadLetters(page)).rows.flatMap(({ content }) =>
        content.kind === 'message' ? [wordIn(content.message)] : [],
      ),
    )
  }
  same('carried out', found.delivered, expected.delivered)
  same('dead effects', found.dead, expected.deadEffects)
  same('dead messages', found.deadWords, expected.deadWords)
  quarantineHolds(quarantined)
  const queued = await left.store.queued({ limit: 1000 })
  same(
    'still queued',
    queued.map(({ message }) => message.id),
    [],
  )
  const due = await left.store.nextDueAt()
  if (due !== null) broken.push(`something is still due at ${due}`)
  otherSystemAgrees()
  await answersHold()
  return broken

  /** What was answered holds: it is remembered, it is taken in once, and a repeat gets the first answer. */
  async function answersHold(): Promise<void> {
    const takenIn = new Set<string>()
    for (const one of left.answers) {
      if ('command' in one) {
        if (one.answer.outcome !== 'applied') {
          broken.push(`a command was answered with ${one.answer.outcome}`)
        }
        const { tenant, idempotencyKey } = one.command
        const known = await left.store.command({ tenant, idempotencyKey })
        if (known === null) broken.push(`command ${idempotencyKey} is not remembered`)
        continue
      }
      const { tenant } = one.envelope
      for (const { deliveryKey, outcome } of one.answer.documents) {
        const known = await left.store.delivery({ tenant, deliveryKey })
        if (known === null) broken.push(`delivery ${deliveryKey} is not remembered`)
        if (outcome === 'duplicate') continue
        const content = JSON.stringify([tenant, one.envelope.document ?? one.envelope.body])
        if (takenIn.has(content)) broken.push(`${deliveryKey} was taken in twice`)
        takenIn.add(content)
      }
    }
  }

  async function ordersOf(tenant: string): Promise<void> {
    const references = ['4711', '4712'].map((number) => anOrder(number, tenant))
    const loaded = await left.store.load(
      references.map((reference) => ({ tenant, reference, messageIds: [] })),
    )
    const audit = (await left.store.audit({ tenant, limit: 10_000 })).rows
    const heads: Record<string, string> = {}
    const log = (await left.store.events({ tenant, limit: 10_000 })).rows
    const positions = new Map(log.map(({ id }, index) => [id, index]))
    for (const { reference, state } of loaded) {
      const words = asWords(state)
      same(`${tenant} ${reference.key} was told`, words, expected.words.get(reference.key) ?? [])
      if (typeof state?.auditHead === 'string') {
        heads[`order:${reference.key}`] = state.auditHead
      }
      const events = (await left.store.events({ tenant, aggregates: [reference], limit: 10_000 }))
        .rows
      const numbers = events.map(({ sequence }) => sequence)
      const wanted = Array.from({ length: state?.sequence ?? 0 }, (_, index) => index + 1)
      if (numbers.join() !== wanted.join()) {
        broken.push(`the events of ${reference.key} are numbered ${numbers.join()}`)
      }
      const told = events.filter(({ type }) => type === 'test.said')
      if (told.map(wordIn).join() !== words.join()) {
        broken.push(`the events of ${reference.key} lead to another state`)
      }
      const fromOrders = Map.groupBy(
        told.filter((event) => wordIn(event).startsWith('told-')),
        ({ id }) => id.slice(id.indexOf('@'), id.lastIndexOf('#', id.lastIndexOf('#') - 1)),
      )
      for (const [source, heard] of fromOrders) {
        const order = heard.map(({ causedBy }) => causedBy)
        const decided = [...positions.keys()].filter((id) => order.includes(id))
        if (order.join() !== decided.join())
          broken.push(`${reference.key} heard ${source} in another order than it spoke`)
      }
      const early = told.filter(
        ({ id, occurredAt, receivedAt }) =>
          id.startsWith('timer') && Date.parse(receivedAt) < Date.parse(occurredAt),
      )
      if (early.length > 0) broken.push(`a timer of ${reference.key} rang before its time`)
      const entries = audit.filter(({ aggregate }) => aggregate === `order:${reference.key}`)
      if (entries.length !== words.length) {
        broken.push(`${entries.length} audit entries of ${reference.key} for ${words.length} words`)
      }
      await rowsShow(tenant, reference.key, state === null ? null : `said-${state.sequence}`)
    }
    const brokenChain = verifyAuditChain(audit, heads)
    if (brokenChain !== null) broken.push(`the audit chain is broken: ${brokenChain.sentence}`)
  }

  async function rowsShow(tenant: string, key: string, wanted: string | null): Promise<void> {
    const page = await left.store.rows({ tenant, view: 'order', id: key, limit: 10 })
    same(
      `the work queue shows ${key}`,
      page.rows.map(({ state }) => state),
      wanted === null ? [] : [wanted],
    )
  }

  async function effectsOf(tenant: string): Promise<void> {
    const { rows } = await left.store.effects({ tenant, limit: 10_000 })
    const doing = new Set(left.otherSystem.applied.map((one) => `${one.tenant} ${one.key}`))
    const inOrder = new Map<string, string[]>()
    for (const { key, state, intent, aggregate } of rows) {
      const subject = subjectOf(intent)
      if (state === 'delivered') found.delivered.push(subject)
      else if (state === 'dead') found.dead.push(subject)
      else broken.push(`effect ${subject} is still ${state}`)
      if (state === 'delivered' && !doing.has(`${tenant} ${key}`)) {
        broken.push(`effect ${subject} is said to be delivered and was never done`)
      }
      if (state !== 'delivered') continue
      const line = `${tenant} ${aggregate.key} ${intent.kind}`
      inOrder.set(line, [...(inOrder.get(line) ?? []), subject])
    }
    for (const [line, wanted] of inOrder) {
      const done = left.otherSystem.applied
        .filter((one) => one.line === line)
        .map(({ subject }) => subject)
      if (done.join() !== wanted.join()) {
        broken.push(`${line}: done as ${done.join()} and decided as ${wanted.join()}`)
      }
    }
  }

  function quarantineHolds(raws: readonly string[]): void {
    const missing = expected.quarantined.filter((one) => !raws.some((raw) => raw.includes(one)))
    if (missing.length > 0) broken.push(`not in quarantine: ${missing.join()}`)
    if (raws.length !== expected.quarantined.length) {
      broken.push(`${raws.length} in quarantine instead of ${expected.quarantined.length}`)
    }
  }

  function otherSystemAgrees(): void {
    const { applied, asked } = left.otherSystem
    same(
      'done by the other system',
      applied.map(({ subject }) => subject),
      expected.delivered,
    )
    if (!left.hadRightClocks) return
    const last = new Map<string, number>()
    for (const { tenant, key, subject, at } of asked.toSorted((a, b) => a.at - b.at)) {
      const before = last.get(`${tenant} ${key}`)
      const seconds = before === undefined ? Infinity : (at - before) / 1000
      const wasCalledOff = left.calledOff.some(
        (one) =>
          one.tenant === tenant && one.key === key && one.at >= (before ?? at) && one.at <= at,
      )
      if (seconds < defaultLimits.retryDelaySeconds && !wasCalledOff) {
        broken.push(`${subject} was asked again after ${seconds} seconds`)
      }
      last.set(`${tenant} ${key}`, at)
    }
  }
}

function wordIn({ data }: Pick<Message, 'data'>): string {
  return Script.parse(data).word
}

import type {
  Actor,
  Connector,
  DocumentEnvelope,
  DocumentReader,
  TextEnvelope,
  WriteRequest,
} from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import {
  type Command,
  type CommandAnswer,
  createRuntime,
  createVirtualClock,
  type DeadLetter,
  type QuarantinedDocument,
  type Runtime,
} from '@counterfoil/runtime'
import { type Books, canonicalRuleSets, openStore } from './books.ts'
import { type Chance, chanceOf } from './chance.ts'
import { brokenPromises } from './compare-books.ts'
import { type MistakeName, mistakes, type Mistake } from './mistakes.ts'
import { orderLife, storyStart, tenants } from './order-life.ts'
import { allRows, readBooks } from './read-books.ts'
import { type Report, reportOf } from './report.ts'
import type { LivedStage } from './stage.ts'
import type { Asked } from './systems.ts'

const kim: Actor = { kind: 'user', id: 'kim', roles: ['buyer'] }
const atOnce = 64

/**
 * Sets so many documents aside and mends them, and so many effects, and sends them again: each is settled by two people
 * at once through two runtimes on the same books, some of them press twice, and some partners send the mended document
 * too. Nothing may count, or be done, more than once.
 */
export async function redrive(
  stage: LivedStage,
  {
    documents,
    seed,
    mistake,
  }: { readonly documents: number; readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const chance = chanceOf(seed)
  const books: Books = { kind: 'sqlite', file: stage.pathOf('redrive.sqlite') }
  const erp = aStubbornErp()
  const planted: Mistake = mistake === null ? {} : mistakes[mistake]
  const open = (): Runtime => {
    const { plantConnector = (it) => it, plantRuntime = (it) => it } = planted
    return plantRuntime(
      createRuntime({
        store: openStore(books),
        policies: createPolicySource(canonicalRuleSets()),
        connectors: [plantConnector(erp.connector)],
        readers: [jsonReader],
        clock: createVirtualClock(new Date(storyStart).toISOString()),
        limits: { conflictRetriesMax: 1000 },
      }),
    )
  }
  const people = [open(), open()] as const
  const [desk] = people
  const lives = Array.from({ length: documents }, (_, index) => orderLife(index).deliveries)
  const orders = lives.flatMap(([order]) => order ?? [])
  const answers = lives.flatMap(([, answer]) => answer ?? [])
  await each(orders, (order) => desk.receive(order))
  await each(answers, (answer) => desk.receive(textOf(answer, textOfDocument(answer).slice(0, -1))))

  const aside = await quarantinedIn(desk)
  const mended = new Map(answers.map((answer) => [textOfDocument(answer).slice(0, -1), answer]))
  const repairs = await settledByAll(people, chance, aside, ({ tenant, quarantineId, raw }) => ({
    type: 'quarantine.repaired',
    tenant,
    quarantineId,
    body: `${raw}}`,
    actor: kim,
    note: 'the end was cut off',
  }))
  const again = [...mended.values()].filter(() => chance.happens(0.1))
  const repeats = await each(again, (answer) =>
    desk.receive(textOf(answer, textOfDocument(answer))),
  )

  await tickToTheEnd(people)
  const letters = await deadLettersIn(desk)
  erp.giveIn()
  const redrives = await settledByAll(people, chance, letters, ({ tenant, deadLetterId }) => ({
    type: 'dead-letter.redriven',
    tenant,
    deadLetterId,
    actor: kim,
    note: 'the ERP takes it now',
  }))
  await tickToTheEnd(people)
  await Promise.all(people.map((runtime) => runtime.close()))

  const store = openStore(books)
  const faults = await brokenPromises(store, {
    senders: { acknowledged: new Set([...orders, ...answers]), lost: new Set(), lives: [] },
    asked: erp.asked,
  })
  const confirmed = await confirmedIn(books)
  await store.close()
  return reportOf({
    name: 'what was set aside, sent again by two people at once',
    seen: {
      'documents set aside': aside.length,
      'effects set aside': letters.length,
      'commands to send them again': repairs.commands + redrives.commands,
      'effects delivered': new Set(erp.asked.map(({ tenant, key }) => `${tenant} ${key}`)).size,
    },
    faults: {
      ...faults,
      'documents not set aside': documents - aside.length,
      'effects not set aside': documents - letters.length,
      'documents sent again more or less than once': repairs.wrong,
      'effects sent again more or less than once': redrives.wrong,
      'mended documents taken for new': repeats.filter(
        ({ documents: [one] }) => one?.outcome !== 'duplicate',
      ).length,
      'orders not confirmed once': documents - confirmed,
    },
  })
}

/** An ERP that refuses every record until it gives in, and takes notices; what it did is remembered. */
function aStubbornErp() {
  const asked: Asked[] = []
  const done = new Set<string>()
  let refuses = true
  const write = async ({ tenant, aggregate, intent, idempotencyKey: key }: WriteRequest) => {
    if (refuses && intent.kind === 'write-back') {
      return { kind: 'refused', reason: 'closed', sentence: 'the period is closed' } as const
    }
    const isRepeated = done.has(`${tenant} ${key}`)
    done.add(`${tenant} ${key}`)
    asked.push({
      tenant,
      aggregate,
      intent,
      key,
      destination: destinationOf(intent),
      isRepeated,
      at: 0,
    })
    return { kind: 'applied', reference: key, repeated: isRepeated } as const
  }
  const connector: Connector = {
    contract: 'v1',
    name: 'erp',
    capabilities: { reads: [], writes: ['write-back/erp', 'notify'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write,
  }
  return {
    asked,
    connector,
    giveIn: () => {
      refuses = false
    },
  }
}

const destinationOf = ({ kind }: WriteRequest['intent']): string =>
  kind === 'notify' ? 'people' : 'erp'

/** Reads one canonical document as JSON; what is cut off it cannot read. */
const jsonReader: DocumentReader = {
  format: 'api',
  recognises: (text) => text.startsWith('{'),
  read: (raw, { connection }) => [
    {
      document: JSON.parse(raw),
      findings: [],
      raw,
      deliveryKey: `${connection}/${raw.length}/${raw}`.slice(0, 200),
    },
  ],
}

const textOfDocument = ({ document }: DocumentEnvelope): string => JSON.stringify(document)

function textOf(delivery: DocumentEnvelope, body: string): TextEnvelope {
  const { tenant, buyerOrganisation, connection, timeZone } = delivery
  return { tenant, buyerOrganisation, connection, timeZone, body }
}

/** Does something with each of many, so many at once, and gives the answers in order. */
async function each<One, Answer>(
  all: readonly One[],
  work: (one: One) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let from = 0; from < all.length; from += atOnce) {
    answers.push(...(await Promise.all(all.slice(from, from + atOnce).map(work))))
  }
  return answers
}

/** Lets each person settle each of many, some pressing twice; counts those that were not settled exactly once. */
async function settledByAll<One>(
  people: readonly Runtime[],
  chance: Chance,
  all: readonly One[],
  commandOf: (
    one: One,
  ) => Command extends infer Each
    ? Each extends Command
      ? Omit<Each, 'idempotencyKey'>
      : never
    : never,
): Promise<{ readonly commands: number; readonly wrong: number }> {
  let commands = 0
  const settled = await each([...all.entries()], async ([index, one]) => {
    const asks = people.map(async (runtime, person) => {
      const command = {
        ...commandOf(one),
        idempotencyKey: `${person}-${index}-${commandOf(one).type}`,
      }
      const times = chance.happens(0.1) ? 2 : 1
      commands += times
      const answers = await Promise.all(
        Array.from({ length: times }, () => runtime.act(command as Command)),
      )
      // A repeat gets the answer of the first, so it says nothing new.
      return answers[0]
    })
    return (await Promise.all(asks)).filter(isApplied).length
  })
  return { commands, wrong: settled.filter((times) => times !== 1).length }
}

const isApplied = (answer: CommandAnswer | undefined): boolean => answer?.outcome === 'applied'

async function tickToTheEnd(people: readonly Runtime[]): Promise<void> {
  await Promise.all(
    people.map(async (runtime) => {
      while (!(await runtime.tick()).finished);
    }),
  )
}

const pageRows = 500

async function quarantinedIn({ queries }: Runtime): Promise<readonly QuarantinedDocument[]> {
  const lists = tenants.map((tenant) =>
    allRows((cursor) => queries.quarantined({ tenant, limit: pageRows, cursor })),
  )
  return (await Promise.all(lists)).flat()
}

async function deadLettersIn({ queries }: Runtime): Promise<readonly DeadLetter[]> {
  const lists = tenants.map((tenant) =>
    allRows((cursor) => queries.deadLetters({ tenant, limit: pageRows, cursor })),
  )
  return (await Promise.all(lists)).flat()
}

/** Orders that are confirmed over just what was ordered. */
async function confirmedIn(books: Books): Promise<number> {
  const store = openStore(books)
  const all = await Promise.all(tenants.map((tenant) => readBooks(store, tenant)))
  await store.close()
  return all
    .flatMap(({ world }) => Object.values(world.orders))
    .filter(({ standing }) => standing.lines[0]?.schedules[0]?.quantities.confirmed === '10').length
}

import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { theAcknowledgment, theOrder } from '../conformance/story-documents.ts'
import { openWorld } from '../conformance/story-world.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { Commit } from '../store/commit.ts'
import { createGathering } from './gather-answers.ts'

const ruleSets = loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname)
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)

/** An order of so many lines and the answer to it: what was committed, and what was recorded in the end. */
async function answeredOrderOf(lines: number) {
  const inner = createMemoryStore()
  const commits: Commit[] = []
  const store = {
    ...inner,
    commit: (commit: Commit) => {
      commits.push(commit)
      return inner.commit(commit)
    },
  }
  const clock = createVirtualClock('2026-11-24T09:00:00Z')
  const { tell, runtime, desk } = openWorld({ store, policies, clock })
  const numbers = Array.from({ length: lines }, (_, index) => String(index + 1))
  const order = theOrder()
  const answer = theAcknowledgment()
  if (order.kind !== 'purchase-order' || answer.kind !== 'acknowledgment') throw new Error('kinds')
  const item = (number: string) => ({ buyerItem: `SKU-${number}` })
  await tell({
    ...order,
    lines: order.lines.flatMap((line) =>
      numbers.map((number) => ({ ...line, orderLineNumber: number, item: item(number) })),
    ),
  })
  await tell({
    ...answer,
    lines: answer.lines.flatMap((line) =>
      numbers.map((number) => ({
        ...line,
        documentLineNumber: number,
        orderLineNumber: number,
        item: item(number),
      })),
    ),
  })
  const events = commits.flatMap((commit) => commit.events ?? [])
  const answered = events.filter(({ event }) => event.type === 'write-back.answered')
  await runtime.close()
  return {
    /** How often the whole order was stored. */
    stored: commits.flatMap((commit) => commit.aggregates ?? []).length,
    written: desk.done.filter(({ intent }) => intent.kind === 'write-back').length,
    records: answered.map(({ event }) => event.data['record']),
  }
}

describe('the answers of systems to an order of many lines', () => {
  it('are each recorded, in the order they were written, and the order is stored once for many', async () => {
    const small = await answeredOrderOf(50)
    const large = await answeredOrderOf(200)
    expect(large.written).toBe(200)
    expect(large.records).toEqual(
      Array.from({ length: 200 }, (_, index) => `confirmation/${index + 1}`),
    )
    // The order, its answer and 8 answers told as they come, then 192 of 64: 3 at least. Each by itself would be 202.
    expect(large.stored).toBeLessThan(20)
    // Four times the lines are no more than twice the stores: (2 + 8 + 42 / 64) and (2 + 8 + 192 / 64).
    expect(large.stored).toBeLessThanOrEqual(2 * small.stored)
  })

  it('are told as they come for an order of few lines', async () => {
    // The order and its answer, and each of 3 answers of the ERP by itself.
    expect((await answeredOrderOf(3)).stored).toBe(5)
  })
})

const answer = {
  id: 'effect:4711#0/1/applied',
  actor: { kind: 'connector' as const, id: 'erp', roles: [] },
}
const anOrder = { id: 'doc:1', actor: { kind: 'system' as const, id: 'counterfoil', roles: [] } }
type Told = NonNullable<Parameters<ReturnType<typeof createGathering>['round']>[0]['told']>
const told = (message: typeof answer | typeof anOrder): Told => [message]
const flowing = { timersFired: 0, started: 1, delivered: 1 }

function afterAnswers(rounds: number, batchMax = 4) {
  const gathering = createGathering(batchMax)
  for (let round = 0; round < rounds; round += 1) {
    gathering.round({ ...flowing, told: told(answer) })
  }
  return gathering
}

describe('gathering', () => {
  it('begins after eight rounds of answers alone', () => {
    expect([afterAnswers(7).isOn(), afterAnswers(8).isOn()]).toEqual([false, true])
  })

  it('ends when a batch is full, and goes on after it was told', () => {
    // One answer came in the round that told last; with three more the batch of four is full.
    const gathering = afterAnswers(8)
    const on = [1, 2, 3].map(() => {
      gathering.round({ ...flowing, told: null })
      return gathering.isOn()
    })
    expect(on).toEqual([true, true, false])
    gathering.round({ ...flowing, told: told(answer) })
    expect(gathering.isOn()).toBe(true)
  })

  it('ends when nothing was begun or ended in a round: a slow system keeps no answer back', () => {
    const gathering = afterAnswers(8)
    gathering.round({ timersFired: 0, started: 0, delivered: 0, told: null })
    expect(gathering.isOn()).toBe(false)
  })

  it('ends with anything else that was told, and with a clock that rang', () => {
    const other = afterAnswers(8)
    other.round({ ...flowing, told: told(anOrder) })
    const clock = afterAnswers(8)
    clock.round({ ...flowing, timersFired: 1, told: told(answer) })
    expect([other.isOn(), clock.isOn()]).toEqual([false, false])
  })
})

// Moves lifecycles by plans, by XState's own `transition` and by a reducer written by hand, in one run and in turns:
// equal answers first, then how the times compare. `npx pnpm run bench`.
import { deepStrictEqual } from 'node:assert'
import { type AnyStateMachine, transition } from 'xstate'
import {
  exceptionLifecycle,
  type ExceptionLifecycleEvent,
} from '../src/exception/exception-lifecycle.machine.ts'
import { beginLifecycle, moveLifecycle } from '../src/lifecycle/move-lifecycle.ts'
import {
  type OrderLifecycleEvent,
  orderLifecycle,
  type OrderLifecycleFacts,
} from '../src/order-lifecycle/order-lifecycle.machine.ts'
import { nothingKnown } from '../src/order-lifecycle/order-state.ts'
import { caseByHand, orderByHand } from './states-by-hand.ts'

type Position = { readonly value: object; readonly context: object }

/** One life: where it begins, what happens, and the reducer that knows what comes of it. */
type Life<Event> = {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly input: object
  readonly events: readonly Event[]
  readonly byHand: (before: never, event: Event) => Position
}

const issued = { isIssued: true, schedules: 2 }
const delivered = { ...issued, isDelivered: true, answered: 2, isUnderWay: true, delivered: 2 }
const orderFacts: readonly Partial<OrderLifecycleFacts>[] = [
  { isSubmitted: true },
  { isSubmitted: true, isApproved: true },
  issued,
  { ...issued, isDelivered: true },
  { ...issued, isDelivered: true, answered: 1 },
  { ...issued, isDelivered: true, answered: 2 },
  { ...issued, isDelivered: true, answered: 2, isUnderWay: true },
  { ...issued, isDelivered: true, answered: 2, isUnderWay: true, openCases: 1 },
  { ...issued, isDelivered: true, answered: 2, isUnderWay: true, delivered: 1 },
  delivered,
  { ...delivered, partInvoiced: 1 },
  { ...delivered, partInvoiced: 2, invoiced: 1, isHeld: true },
  { ...delivered, partInvoiced: 2, invoiced: 2 },
  { ...delivered, partInvoiced: 2, invoiced: 2, closed: 2 },
]

const orderLife: Life<OrderLifecycleEvent> = {
  name: 'an order',
  machine: orderLifecycle,
  input: nothingKnown,
  events: orderFacts.map((facts) => ({
    type: 'facts.changed',
    facts: { ...nothingKnown, ...facts },
  })),
  byHand: orderByHand,
}

const caseLife: Life<ExceptionLifecycleEvent> = {
  name: 'a case',
  machine: exceptionLifecycle,
  input: { escalationLevel: 0, bypassAllowed: false },
  events: [
    { type: 'classify' },
    { type: 'assign' },
    { type: 'take' },
    { type: 'wait', for: 'supplier' },
    { type: 'escalate' },
    { type: 'bypass' },
    { type: 'take' },
    { type: 'propose' },
    { type: 'approve' },
    { type: 'execute' },
    { type: 'resolve' },
    { type: 'reopen' },
    { type: 'resolve' },
    { type: 'verify' },
    { type: 'close' },
  ],
  byHand: caseByHand,
}

compare(orderLife)
compare(caseLife)

function compare<Event extends { readonly type: string }>(life: Life<Event>): void {
  const { machine, events, name } = life
  const begun = beginLifecycle(machine, life.input) as Position
  const snapshot = machine.resolveState(begun as never)
  const results: unknown[] = []
  const sides = {
    plans: () => walk(begun, (at, event) => moveLifecycle(machine, at as never, event)),
    hand: () => walk(begun, (at, event) => life.byHand(at as never, event)),
    xstate: () => walk(snapshot, (at, event) => transition(machine, at as never, event)[0]),
  }
  function walk<At extends Position>(first: At, move: (at: At, event: Event) => unknown): unknown {
    let at = first
    // Every answer is kept, so that nobody's work can be left out as unused.
    for (const [index, event] of events.entries()) {
      at = move(at, event) as At
      results[index] = at
    }
    return at
  }
  const answers = Object.values(sides).map((side) => {
    side()
    return results.map((one) => ({
      value: (one as Position).value,
      context: (one as Position).context,
    }))
  })
  for (const answer of answers) deepStrictEqual(answer, answers[0])
  const best = race(sides)
  const each = Object.entries(best).map(
    ([side, time]) => `${side} ${((time * 1000) / events.length).toFixed(2)} us`,
  )
  console.log(
    `${name}: plans take ${(best.plans / best.hand).toFixed(1)} times a hand-written reducer and are ${(best.xstate / best.plans).toFixed(0)} times as fast as \`transition\` (an event: ${each.join(', ')})`,
  )
}

/** The best time of each side over many short rounds taken in turns, in milliseconds for one life. */
function race<Side extends string>(sides: Readonly<Record<Side, () => unknown>>) {
  const rounds = 400
  const names = Object.keys(sides) as Side[]
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Side, number>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const times = name === 'xstate' ? 2 : 100
      const start = performance.now()
      for (let index = 0; index < times; index += 1) sides[name]()
      best[name] = Math.min(best[name], (performance.now() - start) / times)
    }
  }
  return best
}

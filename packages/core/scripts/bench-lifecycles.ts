// Moves lifecycles by plans, by XState's own `transition` and by a reducer written by hand, in one run and in turns:
// equal answers first, then how the times compare. `npx pnpm run bench`. Two lives that were thought out and have a reducer,
// then each lifecycle of the product by random events, of which many change nothing.
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
import { lifecycleSubjects } from './lifecycle-subjects.ts'
import { seededDice } from './random-machine.ts'
import { caseByHand, orderByHand } from './states-by-hand.ts'

type Position = { readonly value: object; readonly context: object }

/** One life: where it begins, what happens, and the reducer that knows what comes of it, where somebody wrote one. */
type Life<Event> = {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly input: unknown
  readonly events: readonly Event[]
  readonly byHand: ((before: never, event: Event) => Position) | null
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

const handTimesMax = 4
const xstateTimesMin = 40
const randomEvents = 20

compare(orderLife)
compare(caseLife)
const dice = seededDice(1)
for (const { name, machine, input, event } of lifecycleSubjects) {
  const events = Array.from({ length: randomEvents }, () => event(dice))
  compare({ name, machine, input: input(dice), events, byHand: null })
}

function compare<Event extends { readonly type: string }>(life: Life<Event>): void {
  const { machine, events, name, byHand } = life
  const begun = beginLifecycle(machine, life.input) as Position
  const snapshot = machine.resolveState(begun as never)
  const results: unknown[] = []
  const sides = {
    plans: () => walk(begun, (at, event) => moveLifecycle(machine, at as never, event)),
    ...(byHand !== null && { hand: () => walk(begun, (at, event) => byHand(at as never, event)) }),
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
  const timeOf = (side: string): number => best[side] ?? Number.NaN
  const each = Object.keys(best).map(
    (side) => `${side} ${((timeOf(side) * 1000) / events.length).toFixed(2)} us`,
  )
  console.log(`${name}: ${each.join(', ')} an event`)
  const byXstate = timeOf('xstate') / timeOf('plans')
  tell(
    `at least ${xstateTimesMin} times as fast as \`transition\``,
    byXstate,
    byXstate >= xstateTimesMin,
  )
  if (byHand === null) return
  const byPlans = timeOf('plans') / timeOf('hand')
  tell(`at most ${handTimesMax} times a reducer by hand`, byPlans, byPlans <= handTimesMax)
}

function tell(goal: string, value: number, isMet: boolean): void {
  console.log(`  goal ${goal}: ${value.toPrecision(2)}, ${isMet ? 'met' : 'MISSED'}`)
}

/** The best time of each side over many short rounds taken in turns, in milliseconds for one life. */
function race(
  sides: Readonly<Record<string, (() => unknown) | undefined>>,
): Readonly<Record<string, number>> {
  const rounds = 100
  const best: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(sides)) {
      const times = name === 'xstate' ? 2 : 100
      const start = performance.now()
      for (let index = 0; index < times; index += 1) run?.()
      best[name] = Math.min(best[name] ?? Infinity, (performance.now() - start) / times)
    }
  }
  return best
}

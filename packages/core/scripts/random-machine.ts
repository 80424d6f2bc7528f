import { and, type AnyStateMachine, assign, createMachine, not, or, raise, stateIn } from 'xstate'

/** Whole numbers from 0 up to but not including `below`, the same for the same seed (mulberry32). */
export type Dice = (below: number) => number

/** A dice for a seed. */
export function seededDice(seed: number): Dice {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** What guards of random machines ask about, and assigns change. */
type Counted = { readonly count: number; readonly last: string }
type Situation = {
  readonly context: Counted
  readonly event: { readonly type: string; readonly step?: number }
}

/** A state of a random machine: its name, its kind and what is inside it. */
type Sketch = {
  readonly id: string
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final'
  readonly inside: readonly Sketch[]
}

/** The events random machines listen to, and some they do not. */
export const randomEventTypes = ['go', 'stay', 'goods.received', 'goods.counted', 'never', 'goods']

const descriptors = ['go', 'stay', 'goods.received', 'goods.counted', 'goods.*', '*']

const implementations = {
  guards: {
    isEven: ({ context }: Situation) => context.count % 2 === 0,
    isBelow: ({ context }: Situation, { most }: { readonly most: number }) => context.count < most,
    isStep: ({ event }: Situation) => (event.step ?? 0) > 2,
    isLast: ({ context, event }: Situation) => context.last === event.type,
    isBroken: ({ context }: Situation) => {
      if (context.count === 13) throw new Error(`thirteen at ${context.last}`)
      return true
    },
    isOdd: not('isEven'),
    isEither: or(['isStep', { type: 'isBelow', params: { most: 20 } }]),
  },
  actions: {
    countOn: assign({
      count: ({ context }: Situation, params) =>
        (context.count * 3 + ((params as { readonly by: number } | undefined)?.by ?? 1)) % 101,
      last: ({ event }: Situation) => event.type,
    }),
    remember: assign(({ context, event }: Situation) => ({
      last: `${event.type}${context.count}`,
    })),
    breakAt: assign(({ context }: Situation) => {
      if (context.count === 77) throw new Error(`seventy-seven at ${context.last}`)
      return { count: context.count + 1 }
    }),
    repeat: raise(({ context }: Situation) => ({
      type: context.count % 2 ? 'go' : 'stay',
      step: 3,
    })),
    place: () => {
      throw new Error('an effect is only named')
    },
  },
}

/** A machine with random regions, transitions, guards and actions: the same for the same dice. */
export function randomMachine(dice: Dice): AnyStateMachine {
  let made = 0
  const sketch = (depth: number, canBeFinal: boolean): Sketch => {
    made += 1
    const id = `s${made}`
    if (depth > 0 && (made === 1 || dice(6) < (depth > 2 ? 6 : 3)) && made < 30) {
      const kind = dice(2) === 0 ? 'parallel' : 'compound'
      const count = 1 + dice(3)
      const inside = Array.from({ length: count }, (_, index) =>
        sketch(depth - 1, (kind === 'compound' && index > 0) || dice(12) === 0),
      )
      return { id, kind, inside }
    }
    return { id, kind: canBeFinal && dice(4) === 0 ? 'final' : 'atomic', inside: [] }
  }
  const root = sketch(1 + dice(4), false)
  const all = statesIn(root)
  const config = {
    ...configOf(root, all, dice),
    context: ({ input }: { readonly input: { readonly count: number } }) => ({
      last: '',
      ...input,
    }),
    options: { maxIterations: 12 },
  }
  return createMachine(config as never, implementations as never)
}

function statesIn(sketch: Sketch): readonly Sketch[] {
  return [sketch, ...sketch.inside.flatMap(statesIn)]
}

function configOf(sketch: Sketch, all: readonly Sketch[], dice: Dice): Record<string, unknown> {
  const { id, kind, inside } = sketch
  const [first] = inside
  const on = Object.fromEntries(
    descriptors
      .filter((descriptor) => dice(descriptor === '*' ? 8 : 3) === 0)
      .map((descriptor) => [descriptor, some(dice, 2, () => aTransition(sketch, all, dice))]),
  )
  const initial = dice(2) === 0 ? first?.id : { target: first?.id, actions: actionsOf(dice) }
  return {
    id,
    ...(kind === 'atomic' || kind === 'compound' ? {} : { type: kind }),
    ...(kind === 'compound' ? { initial } : {}),
    ...(inside.length === 0
      ? {}
      : { states: Object.fromEntries(inside.map((one) => [one.id, configOf(one, all, dice)])) }),
    entry: actionsOf(dice),
    exit: actionsOf(dice),
    ...(kind === 'final' ? {} : { on }),
    ...(dice(8) === 0 ? { always: some(dice, 2, () => anAlways(sketch, all, dice)) } : {}),
    ...(inside.length > 0 && dice(3) === 0 ? { onDone: aTransition(sketch, all, dice) } : {}),
  }
}

function pick<T>(values: readonly T[], dice: Dice): T {
  return values[dice(values.length)] as T
}

function some<T>(dice: Dice, most: number, make: () => T): readonly T[] {
  return Array.from({ length: 1 + dice(most) }, make)
}

function aTransition(from: Sketch, all: readonly Sketch[], dice: Dice): Record<string, unknown> {
  const target = targetOf(from, all, dice)
  return {
    ...(target === undefined ? {} : { target }),
    ...(dice(3) === 0 ? { guard: guardOf(all, dice) } : {}),
    ...(dice(4) === 0 ? { reenter: true } : {}),
    actions: actionsOf(dice),
  }
}

function anAlways(from: Sketch, all: readonly Sketch[], dice: Dice): Record<string, unknown> {
  // Most of them end soon: whatever they count, a small number does not come often.
  const isSmall = { type: 'isBelow', params: { most: 5 + dice(40) } } as never
  const { actions, ...transition } = aTransition(from, all, dice)
  return {
    ...transition,
    guard: dice(3) === 0 ? isSmall : and([guardOf(all, dice) as never, isSmall]),
    actions: dice(3) === 0 ? actions : [...(actions as readonly unknown[]), 'countOn'],
  }
}

function targetOf(from: Sketch, all: readonly Sketch[], dice: Dice): unknown {
  const siblings = all.find(({ inside }) => inside.includes(from))?.inside ?? []
  switch (dice(10)) {
    case 0:
      return undefined
    case 1:
      return from.inside.length === 0
        ? `#${from.id}`
        : `.${from.inside[dice(from.inside.length)]?.id}`
    case 2: {
      const parallels = all.filter(({ kind, inside }) => kind === 'parallel' && inside.length > 1)
      if (parallels.length === 0) return `#${from.id}`
      const regions = parallels[dice(parallels.length)]?.inside ?? []
      return regions.slice(0, 1 + dice(regions.length)).map((region) => {
        const within = statesIn(region)
        const target = within.includes(from) && dice(2) === 0 ? from : pick(within, dice)
        return `#${target.id}`
      })
    }
    case 3:
    case 4:
      return `#${all[dice(all.length)]?.id}`
    default:
      return `#${(siblings[dice(siblings.length)] ?? from).id}`
  }
}

function guardOf(all: readonly Sketch[], dice: Dice): unknown {
  switch (dice(11)) {
    case 0:
      return 'isBroken'
    case 1:
      return { type: 'isBelow', params: { most: 10 + dice(80) } }
    case 2: {
      const offset = dice(50)
      return {
        type: 'isBelow',
        params: ({ context }: Situation) => ({ most: context.count + 25 - offset }),
      }
    }
    case 3:
      return not('isStep')
    case 4:
      return and([guardOf(all, dice) as never, 'isEven'])
    case 5:
      return or([guardOf(all, dice) as never, 'isLast'])
    case 6:
      return stateIn(`#${all[dice(all.length)]?.id}`)
    case 7:
      return ({ context }: Situation) => context.count % 3 === 0
    case 8:
      return 'isOdd'
    case 9:
      return 'isEither'
    default:
      return 'isEven'
  }
}

function actionsOf(dice: Dice): readonly unknown[] {
  return Array.from({ length: dice(3) }, () => {
    switch (dice(12)) {
      case 0:
        return dice(4) === 0 ? raise({ type: 'goods.counted' }) : 'remember'
      case 1:
        return ['repeat', 'breakAt', 'countOn', 'countOn', 'countOn', 'countOn'][dice(6)]
      case 2:
      case 3:
        return { type: 'countOn', params: { by: dice(9) } }
      case 4:
        return { type: 'countOn', params: ({ context }: Situation) => ({ by: context.count % 7 }) }
      case 5:
        return 'remember'
      case 6:
        return assign(({ context }: Situation) => ({ count: (context.count + 7) % 101 }))
      case 7:
        return 'countOn'
      case 8:
        return 'place'
      default:
        return {
          type: 'tell',
          params: ({ context, event }: Situation) => ({ ...context, type: event.type }),
        }
    }
  })
}

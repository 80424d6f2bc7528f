import { and, type AnyStateMachine, not, or } from 'xstate'
import type { AskedGuard, Configuration, Situation } from './compiled-lifecycle.ts'
import { nodesIn, transitionsOf } from './state-tree.ts'

type Check = (
  snapshot: NonNullable<Configuration['snapshot']>,
  situation: Situation,
  guard: unknown,
) => unknown

/** A guard as XState keeps it: a function of the situation, or a combination made by `and`, `or`, `not` or `stateIn`. */
type Predicate = ((situation: Situation, parameters: unknown) => unknown) & {
  readonly check?: Check
  readonly guards?: readonly unknown[]
}

/** A guard of a machine as one function; null for a name the machine does not know. */
export function compileGuard(machine: AnyStateMachine, guard: unknown): AskedGuard | null {
  if (isPredicate(guard)) return compilePredicate(machine, guard)
  const { type, params } = referenceOf(guard)
  const named: unknown = machine.implementations.guards[type]
  if (named === undefined) return null
  if (!isPredicate(named)) return compileGuard(machine, named)
  if (named.check !== undefined) return compilePredicate(machine, named)
  return typeof params === 'function'
    ? (situation) => named(situation, params(situation))
    : (situation) => named(situation, params)
}

/** True where some guard of a machine asks which states are active, not only about the facts. */
export function asksForStates(machine: AnyStateMachine): boolean {
  const asks = (guard: unknown): boolean => {
    const asked = isPredicate(guard)
      ? guard
      : machine.implementations.guards[referenceOf(guard).type]
    if (!isPredicate(asked)) return asked !== undefined && asks(asked)
    const { check, guards = [] } = asked
    return check !== undefined && (!isCombination(check) || guards.some(asks))
  }
  return nodesIn(machine.root)
    .flatMap(transitionsOf)
    .some(({ guard }) => guard !== undefined && asks(guard))
}

function compilePredicate(machine: AnyStateMachine, guard: Predicate): AskedGuard | null {
  const { check, guards = [] } = guard
  if (check === undefined) return (situation) => guard(situation, undefined)
  if (!isCombination(check)) {
    return (situation, configuration) => check(snapshotOf(machine, configuration), situation, guard)
  }
  const asked = guards.flatMap((inner) => compileGuard(machine, inner) ?? [])
  const [only] = asked
  if (only === undefined || asked.length < guards.length) return null
  switch (check) {
    case notCheck:
      return (situation, configuration) => !only(situation, configuration)
    case andCheck:
      return (situation, configuration) => asked.every((ask) => ask(situation, configuration))
    default:
      return (situation, configuration) => asked.some((ask) => ask(situation, configuration))
  }
}

const notCheck = checkOf(not(() => true))
const andCheck = checkOf(and([]))
const orCheck = checkOf(or([]))

function isCombination(check: Check): boolean {
  return check === notCheck || check === andCheck || check === orCheck
}

function checkOf(guard: unknown): Check | undefined {
  return isPredicate(guard) ? guard.check : undefined
}

function isPredicate(guard: unknown): guard is Predicate {
  return typeof guard === 'function'
}

function referenceOf(guard: unknown): { readonly type: string; readonly params?: unknown } {
  return typeof guard === 'string' ? { type: guard } : (guard as { readonly type: string })
}

function snapshotOf(machine: AnyStateMachine, configuration: Configuration) {
  const { value } = configuration
  configuration.snapshot ??= machine.resolveState({ value, context: {} } as never)
  return configuration.snapshot
}

import type { CheckedCondition } from '../evaluate/checked-rule.ts'
import { pointerTo } from '../rule-set/rule-set-finding.ts'
import { conditionDepthMax, listLengthMax } from './budgets.ts'
import { checkComparison } from './check-comparison.ts'
import {
  complain,
  complainOfUnknownKeys,
  type ConditionCheck,
  isObject,
  quoted,
  shown,
} from './condition-check.ts'

/** A condition as written, and where it stands. */
export type WrittenCondition = { readonly json: unknown; readonly pointer: string }

/** The named conditions of a set, and those already checked. */
export type NamedConditions = {
  readonly written: ReadonlyMap<string, WrittenCondition>
  /** Null where something was found in it; `open` while it is being checked. */
  readonly checked: Map<string, CheckedCondition | null | 'open'>
}

/** A check of conditions that may name others. */
export type ConditionWalk = ConditionCheck & { readonly named: NamedConditions }

const groups = ['all', 'any', 'not', 'condition'] as const
type Group = (typeof groups)[number]

const described = ['name', 'priority'] as const

/** Checks a rule's conditions; the root must be a group, as in json-rules-engine. */
export const checkRootCondition = (
  { json, pointer }: WrittenCondition,
  walk: ConditionWalk,
): CheckedCondition | null => {
  if (isObject(json) && groupsOf(json).length > 0) return checkCondition(json, pointer, walk, 0)
  complain(
    walk,
    pointer,
    'conditions start with `all`, `any`, `not` or `condition`: wrap them in `all`',
  )
  return null
}

const groupsOf = (json: object): readonly Group[] =>
  groups.filter((one) => Object.hasOwn(json, one))

const checkCondition = (
  json: unknown,
  pointer: string,
  walk: ConditionWalk,
  depth: number,
): CheckedCondition | null => {
  if (depth > conditionDepthMax) {
    complain(walk, pointer, `nested more than ${conditionDepthMax} deep: simplify the rule`)
    return null
  }
  if (!isObject(json)) {
    complain(walk, pointer, `${shown(json)} is not a condition: write an object`)
    return null
  }
  checkDescription(json, pointer, walk)
  const written = groupsOf(json)
  if (written.length > 1) {
    const both = written.map(quoted).join(' and ')
    complain(walk, pointer, `${both} stand side by side and one would be ignored: nest them`)
    return null
  }
  const [group] = written
  if (group === undefined) {
    complainOfUnknownKeys(
      json,
      ['fact', 'path', 'operator', 'value', 'params', ...described],
      pointer,
      walk,
    )
    return checkComparison(json, pointer, walk)
  }
  complainOfUnknownKeys(json, [group, ...described], pointer, walk)
  return checkGroup(group, { json: json[group], pointer: pointerTo(pointer, group) }, walk, depth)
}

const checkDescription = (
  json: Readonly<Record<string, unknown>>,
  pointer: string,
  walk: ConditionWalk,
): void => {
  const { name, priority } = json
  if (name !== undefined && (typeof name !== 'string' || name === '' || name.length > 120)) {
    complain(walk, pointerTo(pointer, 'name'), 'a name is text of 1 to 120 characters: correct it')
  }
  const isPriority = Number.isInteger(priority) && Number(priority) > 0 && Number(priority) <= 1e6
  if (priority !== undefined && !isPriority) {
    complain(
      walk,
      pointerTo(pointer, 'priority'),
      `${shown(priority)} is not a priority: write a whole number from 1 to 1000000`,
    )
  }
}

const checkGroup = (
  group: Group,
  { json, pointer }: WrittenCondition,
  walk: ConditionWalk,
  depth: number,
): CheckedCondition | null => {
  switch (group) {
    case 'all':
    case 'any':
      return checkList(group, { json, pointer }, walk, depth)
    case 'not': {
      if (Array.isArray(json)) {
        complain(walk, pointer, '`not` takes one condition: wrap the list in `any` or `all`')
        return null
      }
      const condition = checkCondition(json, pointer, walk, depth + 1)
      return condition === null ? null : { kind: 'not', condition }
    }
    case 'condition':
      return checkNamed(json, pointer, walk, depth)
  }
}

const checkList = (
  kind: 'all' | 'any',
  { json, pointer }: WrittenCondition,
  walk: ConditionWalk,
  depth: number,
): CheckedCondition | null => {
  if (!Array.isArray(json) || json.length === 0) {
    const fate = kind === 'all' ? 'always' : 'in json-rules-engine always'
    complain(walk, pointer, `\`${kind}\` without conditions would ${fate} hold: write at least one`)
    return null
  }
  if (json.length > listLengthMax) {
    complain(
      walk,
      pointer,
      `more than ${listLengthMax} conditions in one list: name groups of them`,
    )
    return null
  }
  const members: readonly unknown[] = json
  const conditions = members
    .map((one, index) => checkCondition(one, pointerTo(pointer, index), walk, depth + 1))
    .filter((one) => one !== null)
  return conditions.length === members.length ? { kind, conditions } : null
}

const checkNamed = (
  name: unknown,
  pointer: string,
  walk: ConditionWalk,
  depth: number,
): CheckedCondition | null => {
  const written = typeof name === 'string' ? walk.named.written.get(name) : undefined
  if (typeof name !== 'string' || written === undefined) {
    const known = [...walk.named.written.keys()].map(quoted).join(', ')
    const hint = known === '' ? 'the set names no conditions' : `use one of ${known}`
    complain(walk, pointer, `no condition is named ${shown(name)}: ${hint}`)
    return null
  }
  const known = walk.named.checked.get(name)
  if (known === 'open') {
    complain(walk, pointer, `the condition \`${name}\` refers to itself: break the circle`)
    return null
  }
  if (known !== undefined) return known
  walk.named.checked.set(name, 'open')
  const checked = checkCondition(written.json, written.pointer, walk, depth + 1)
  walk.named.checked.set(name, checked)
  return checked
}

/**
 * Checks every named condition, used or not, so that a mistake shows before the first rule uses it.
 */
export const checkNamedConditions = (walk: ConditionWalk): void => {
  for (const [name, written] of walk.named.written) {
    if (walk.named.checked.has(name)) continue
    walk.named.checked.set(name, 'open')
    walk.named.checked.set(name, checkRootCondition(written, walk))
  }
}

/** How many comparisons a condition comes to and how deep it is, named conditions counted wherever used. */
export const sizeOfCondition = (
  condition: CheckedCondition,
  known: Map<
    CheckedCondition,
    { readonly comparisons: number; readonly depth: number }
  > = new Map(),
): { readonly comparisons: number; readonly depth: number } => {
  const before = known.get(condition)
  if (before !== undefined) return before
  const members = membersOf(condition)
  let [comparisons, depth] = [members.length === 0 ? 1 : 0, 1]
  for (const member of members) {
    const size = sizeOfCondition(member, known)
    comparisons += size.comparisons
    depth = Math.max(depth, size.depth + 1)
  }
  const size = { comparisons, depth }
  known.set(condition, size)
  return size
}

const membersOf = (condition: CheckedCondition): readonly CheckedCondition[] => {
  switch (condition.kind) {
    case 'comparison':
      return []
    case 'not':
      return [condition.condition]
    case 'all':
    case 'any':
      return condition.conditions
  }
}

import { CalendarDate } from '@counterfoil/core'
import { type Deciding, decidingOn, type DecidingRuleSet, inForceOf } from '@counterfoil/rules/node'
import type { OpenFolder } from './open-folder.ts'

/** What decides documents of a day, and of those after it. */
export type DecidingOnDay = {
  readonly day: CalendarDate
  readonly ruleSets: readonly DecidingRuleSet[]
}

/** What decides documents dated at an instant for the folder's own sets, those beside it taken into account. */
export function decidingAt({ registry, inForce }: OpenFolder, at: string): DecidingOnDay {
  const day = CalendarDate.parse(at.slice(0, 10))
  const own = new Set(inForceOf(registry).map(({ ruleSet }) => ruleSet.id))
  const ruleSets = decidingOn(inForce, day).filter(({ ruleSet }) => own.has(ruleSet))
  return { day, ruleSets }
}

/** What decides for one scope today and later: `for supplier S1: price-tolerance@1.0.0 since 2026-01-01`. */
export function describeDeciding(one: DecidingRuleSet): string {
  return `${describeScope(one)}${describeVersions(one)}`
}

/** What a change of the versions of a set in force means for documents dated today and later, for each scope. */
export function describeChange(
  id: string,
  before: DecidingOnDay,
  after: DecidingOnDay,
): readonly string[] {
  const subjects = new Map(
    [...before.ruleSets, ...after.ruleSets]
      .filter(({ ruleSet }) => ruleSet === id)
      .map((one) => [describeScope(one), one]),
  )
  return [...subjects].map(([scope, { ruleSet }]) => {
    const [was, is] = [before, after].map(({ ruleSets }) =>
      ruleSets.find((one) => one.ruleSet === id && describeScope(one) === scope),
    )
    return `${scope}${changeOf(ruleSet, was, is, after.day)}`
  })
}

function changeOf(
  id: string,
  was: DecidingRuleSet | undefined,
  is: DecidingRuleSet | undefined,
  day: CalendarDate,
): string {
  const [before, after] = [was, is].map((one) =>
    one === undefined ? `nothing of ${id}` : describeVersions(one),
  )
  const today = `documents dated today, ${day},`
  if ((was?.now?.version ?? null) !== (is?.now?.version ?? null)) {
    return `${today} were decided by ${before}, and are now by ${after}`
  }
  const isAsBefore = JSON.stringify(was?.later ?? []) === JSON.stringify(is?.later ?? [])
  return `nothing changes for ${today} ${isAsBefore ? 'or later' : 'only for later ones'}: ${after}`
}

function describeVersions({ ruleSet, now, later }: DecidingRuleSet): string {
  const say = ({ version }: Deciding): string => version ?? `nothing of ${ruleSet}`
  const today = now === null ? `nothing of ${ruleSet} yet` : `${say(now)} since ${now.from}`
  return [today, ...later.map((one) => `${say(one)} from ${one.from} on`)].join(', ')
}

function describeScope({ scope }: DecidingRuleSet): string {
  const whom = Object.entries(scope).map(([key, value]) => `${key} ${value}`)
  return whom.length === 0 ? '' : `for ${whom.join(', ')}: `
}

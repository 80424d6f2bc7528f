import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { ApprovalEvent } from '../rule-set/rule-event.ts'
import { type Box, intersectBoxes } from './box.ts'
import { factsSchemaOf, limitsIn } from './fact-schema.ts'
import { visitRegions } from './regions.ts'
import { rankBoxes } from './ranked-boxes.ts'
import { makeSpace, type Space } from './space.ts'

/** A rule of an approval matrix. */
export type ApprovalRule = CheckedRule<ApprovalEvent>

/** Facts for which one rule of the matrix answers; null where none does. */
export type ApprovalRegion = { readonly box: Box; readonly rule: ApprovalRule | null }

/** What an approval matrix answers, region by region. */
export type ApprovalAnswers = {
  readonly loaded: LoadedRuleSet
  readonly space: Space
  readonly rules: readonly ApprovalRule[]
  readonly regions: readonly ApprovalRegion[]
  /** Numbers of the axes that say how much is at stake. */
  readonly exposures: readonly number[]
}

/** The places that say how much money is at stake. */
const exposurePlaces = ['approval.exposure.amount', 'approval.exposureInMatrixCurrency']

/** The most regions of one matrix that are kept. */
const regionsMax = 20_000

/** Reads an approval matrix into regions; null for a set of another kind or one that is too involved. */
export const readApprovals = (loaded: LoadedRuleSet): ApprovalAnswers | null => {
  if (loaded.ruleSet.kind !== 'approval') return null
  const rules = inOrderOfPriority(loaded.rules).flatMap((rule) => asApproval(rule))
  const space = makeSpace(rules, limitsIn(factsSchemaOf(loaded)))
  const boxes = rankBoxes(rules, space)
  if (boxes.isExact.includes(false)) return null
  const regions: ApprovalRegion[] = []
  const isWhole = visitRegions(space, boxes, (path, first) => {
    if (regions.length <= regionsMax)
      regions.push({ box: path.slice(), rule: rules[first] ?? null })
  })
  if (!isWhole || regions.length > regionsMax) return null
  const exposures = exposurePlaces.flatMap((place) => space.axisOf.get(place) ?? [])
  return { loaded, space, rules, regions, exposures }
}

const asApproval = (rule: CheckedRule): readonly ApprovalRule[] => {
  const { event } = rule
  return event.type === 'approval' ? [{ ...rule, event }] : []
}

/** The box of facts at which a place has one of the cells that stand for a value; null where no rule asks for it. */
export const whereNamed = (space: Space, place: string, value: string): Box | null => {
  const index = space.axisOf.get(place)
  const values = index === undefined ? undefined : space.axes[index]?.values
  if (index === undefined || values?.kind !== 'named') return null
  const cell =
    values.cellOf.get(value) ?? (values.others.length === 0 ? 0 : values.values.length + 1)
  return space.axes.map((_, at) => (at === index ? [cell, cell] : null))
}

/** The part of a region in which a place has a value; the whole where no rule asks for the place. */
export const regionWhere = (
  { box }: Pick<ApprovalRegion, 'box'>,
  space: Space,
  place: string,
  value: string,
): Box | null => {
  const named = whereNamed(space, place, value)
  return named === null ? box : intersectBoxes(box, named)
}

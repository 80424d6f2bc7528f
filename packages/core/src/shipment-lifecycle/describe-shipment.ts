import type { Instant } from '../calendar/instant.ts'
import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import { Milestone } from '../milestone/milestone.ts'
import { currentMilestones, isCancelled } from './current-shipment.ts'
import { isAnswered } from './shipment-regions.ts'
import type { ShipmentFacts } from './shipment-state.ts'
import { ValidationStep } from './validation-step.ts'

/** One step of the way: when it was to be, when it is expected and when it was, as far as anybody said. */
export type ShipmentMilestone = {
  readonly code: Milestone['code']
  readonly planned: Instant | null
  readonly estimated: Instant | null
  readonly actual: Instant | null
  /** Where, by the last report that said so. */
  readonly location: string | null
}

/** The steps of the way that were reported, in the order of the journey; of several reports of one time the last issued counts. */
export function shipmentMilestones(facts: ShipmentFacts): readonly ShipmentMilestone[] {
  const reports = currentMilestones(facts)
  return Milestone.shape.code.options
    .filter((code) => reports.some((report) => report.code === code))
    .map((code) => {
      const ofCode = reports.filter((report) => report.code === code)
      const lastOf = (meaning: Milestone['timeMeaning']) =>
        ofCode.findLast(({ timeMeaning }) => timeMeaning === meaning)?.at ?? null
      return {
        code,
        planned: lastOf('planned'),
        estimated: lastOf('estimated'),
        actual: lastOf('actual'),
        location: ofCode.findLast(({ location }) => location !== undefined)?.location ?? null,
      }
    })
}

/** How a ship notice came through one step of its validation, with what was found in words. */
export type ValidatedStep = {
  readonly step: ValidationStep
  readonly outcome: 'passed' | 'failed' | 'pending'
  readonly sentences: readonly string[]
}

/** Steps that only the orders can answer; they are pending until all have. */
const stepsOfOrders: ReadonlySet<ValidationStep> = new Set([
  'order',
  'item',
  'unit',
  'quantity',
  'date',
])

/** The validation of the notice as it counts now, step by step in its order. None for a notice that was withdrawn. */
export function validatedSteps(facts: ShipmentFacts): readonly ValidatedStep[] {
  if (facts.assessment === null || isCancelled(facts)) return []
  const { assessment } = facts
  return ValidationStep.options.map((step) => {
    const found = assessment.filter((one) => one.step === step)
    const sentences = found
      .filter(({ judgement }) => judgement !== 'within')
      .map(({ discrepancy }) => describeDiscrepancy(discrepancy))
    if (found.some(({ judgement, code }) => judgement === 'outside' && code !== null)) {
      return { step, outcome: 'failed', sentences }
    }
    const isPending = stepsOfOrders.has(step) && !isAnswered(facts)
    return { step, outcome: isPending ? 'pending' : 'passed', sentences }
  })
}

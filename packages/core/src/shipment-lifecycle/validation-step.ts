import * as z from 'zod'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'

/**
 * The steps of the validation of a ship notice, in their order (MODEL §3.4): the order is known and open, the notice is
 * the current one, the articles were ordered, the units can be compared, the quantities and days fit what was confirmed,
 * handling units are unique, lots and dates are complete.
 */
export const ValidationStep = z.enum([
  'order',
  'version',
  'item',
  'unit',
  'quantity',
  'date',
  'pack',
  'completeness',
])
export type ValidationStep = z.infer<typeof ValidationStep>

/** A line that fails one of these cannot be received against its order as it was announced. */
export const blockingSteps: ReadonlySet<ValidationStep> = new Set(['order', 'item', 'unit'])

const stepsByKind: { readonly [Kind in Discrepancy['kind']]?: ValidationStep } = {
  'order-not-open': 'order',
  'conflicting-document': 'version',
  'stale-version': 'version',
  'item-not-ordered': 'item',
  'unknown-line': 'item',
  substitution: 'item',
  'wrong-unit': 'unit',
  'over-shipment': 'quantity',
  'short-shipment': 'quantity',
  'late-shipment': 'date',
  'early-shipment': 'date',
  'duplicate-pack': 'pack',
}

/** The step at which a difference comes up. */
export function stepOf(kind: Discrepancy['kind']): ValidationStep {
  return stepsByKind[kind] ?? 'completeness'
}

/** Findings in the order of the validation; within a step as they were found. */
export function byStep(
  a: { readonly step: ValidationStep },
  b: { readonly step: ValidationStep },
): number {
  return ValidationStep.options.indexOf(a.step) - ValidationStep.options.indexOf(b.step)
}

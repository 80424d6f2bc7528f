import type { ItemIdentifiers } from '../item/item.ts'
import type { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { type LookUps, nameOfItem } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'
import type { MasterItem } from './master-file.ts'

/** An article a line names, with what the master says against it. */
export type CheckedItem = {
  readonly item: MasterItem | null
  readonly findings: readonly MasterFinding[]
}

/** Looks an article up, and whether its unit leads to the unit it is kept in. */
export function checkLineItem(
  lookUps: LookUps,
  {
    line,
    named,
    unitOfMeasure,
    isOrdering,
  }: {
    readonly line: string
    readonly named: ItemIdentifiers
    readonly unitOfMeasure: UnitOfMeasure | null
    /** True where more of it is asked for: what is discontinued may still be counted and billed. */
    readonly isOrdering: boolean
  },
): CheckedItem {
  const item = lookUps.item(named)
  const { on } = lookUps.day
  if (item === null) {
    const sentence = `line ${line}: article ${nameOfItem(named)} is not in the master on ${on}`
    return { item, findings: [{ rule: 'item-unknown', severity: 'error', line, sentence }] }
  }
  const findings = [...standing(lookUps, line, item, isOrdering)]
  if (unitOfMeasure !== null && lookUps.conversion(item, unitOfMeasure, item.stockUnit) === null) {
    const sentence = `line ${line}: article \`${item.item}\` has no way from ${unitOfMeasure} to its stock unit ${item.stockUnit} on ${on}`
    findings.push({ rule: 'unit-unknown', severity: 'error', line, sentence })
  }
  return { item, findings }
}

function standing(
  { day: { on } }: LookUps,
  line: string,
  { item, status, substitutes }: MasterItem,
  isOrdering: boolean,
): readonly MasterFinding[] {
  if (status === 'blocked') {
    const sentence = `line ${line}: article \`${item}\` is blocked on ${on}`
    return [{ rule: 'item-blocked', severity: 'error', line, sentence }]
  }
  if (status !== 'discontinued' || !isOrdering) return []
  const instead = substitutes
    .filter(
      ({ effectiveFrom, effectiveTo }) =>
        effectiveFrom <= on && (effectiveTo === undefined || on <= effectiveTo),
    )
    .map((one) => `\`${one.item}\``)
  const sentence = `line ${line}: article \`${item}\` is discontinued on ${on}${
    instead.length === 0 ? '' : `; order ${instead.join(' or ')} instead`
  }`
  return [{ rule: 'item-discontinued', severity: 'error', line, sentence: sentence.slice(0, 400) }]
}

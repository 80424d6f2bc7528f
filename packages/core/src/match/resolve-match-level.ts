import { MatchLevel, type MatchLevelTable } from './match-level.ts'

/** What sets a level for an order line, where it does: the line, its order, and the table of the policy. */
export type MatchLevelSettings = {
  readonly orderLine: MatchLevel | undefined
  readonly order: MatchLevel | undefined
  readonly item: string | undefined
  readonly supplier: string
  readonly table: MatchLevelTable | undefined
  /** `only-stricter`: a more specific setting counts only where it asks for more than the general one. */
  readonly override: 'any' | 'only-stricter'
}

/** The level where nobody set one. */
export const matchLevelDefault: MatchLevel = 'three-way'

/**
 * The match level of an order line. The most specific setting counts: the line's own, its order's, then
 * the table's for item and supplier, item, supplier and legal entity.
 */
export function resolveMatchLevel(settings: MatchLevelSettings): MatchLevel {
  let level: MatchLevel | undefined
  for (const candidate of fromGeneralToSpecific(settings)) {
    if (candidate === undefined) continue
    if (level === undefined || settings.override === 'any' || isStricter(candidate, level)) {
      level = candidate
    }
  }
  return level ?? matchLevelDefault
}

function fromGeneralToSpecific(settings: MatchLevelSettings): readonly (MatchLevel | undefined)[] {
  const { table, item, supplier, order, orderLine } = settings
  if (table === undefined) return [order, orderLine]
  return [
    table.legalEntity ?? undefined,
    table.supplier.find((row) => row.supplier === supplier)?.level,
    table.item.find((row) => row.item === item)?.level,
    table.itemAndSupplier.find((row) => row.item === item && row.supplier === supplier)?.level,
    order,
    orderLine,
  ]
}

function isStricter(a: MatchLevel, b: MatchLevel): boolean {
  return MatchLevel.options.indexOf(a) > MatchLevel.options.indexOf(b)
}

/** The strictest of several levels; three-way for none. */
export function strictestMatchLevel(levels: readonly MatchLevel[]): MatchLevel {
  if (levels.length === 0) return matchLevelDefault
  return levels.reduce((strictest, level) => (isStricter(level, strictest) ? level : strictest))
}

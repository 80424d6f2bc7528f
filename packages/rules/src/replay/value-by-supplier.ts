import { addDecimals, compareDecimals, type Decimal, decimal } from '@counterfoil/core'

/** Value that moved for a supplier in a currency. */
type ValueMoved<Supplier> = {
  readonly supplier: Supplier
  readonly currency: string
  readonly newlyHeld: Decimal
  readonly newlyReleased: Decimal
}

/** Value added up by supplier and currency, worst hit first; values of different currencies are never added. */
export const valueBySupplier = <Supplier extends string | null>(
  moves: readonly ValueMoved<Supplier>[],
): readonly (ValueMoved<Supplier> & { readonly count: number })[] => {
  const rows = new Map<string, ValueMoved<Supplier> & { readonly count: number }>()
  for (const { supplier, currency, newlyHeld, newlyReleased } of moves) {
    const key = JSON.stringify([supplier, currency])
    const known = rows.get(key) ?? { count: 0, newlyHeld: zero, newlyReleased: zero }
    rows.set(key, {
      supplier,
      currency,
      count: known.count + 1,
      newlyHeld: addDecimals(known.newlyHeld, newlyHeld),
      newlyReleased: addDecimals(known.newlyReleased, newlyReleased),
    })
  }
  return [...rows.values()].toSorted(
    (a, b) =>
      compareText(a.currency, b.currency) ||
      compareDecimals(moved(b), moved(a)) ||
      compareText(a.supplier ?? '', b.supplier ?? ''),
  )
}

const zero = decimal('0')

const moved = ({ newlyHeld, newlyReleased }: ValueMoved<unknown>): Decimal =>
  addDecimals(newlyHeld, newlyReleased)

/** The order of two texts by their code units. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

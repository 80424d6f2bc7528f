import { hashOf } from '../hash/content-hash.ts'
import { joinKey } from '../identity/identity.ts'
import type { ItemIdentifiers } from '../item/item.ts'
import { findConversion } from '../quantity/unit-conversion.ts'
import type { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import type { BusinessDay } from './business-day.ts'
import type { MasterLookUp } from './master-check.ts'
import type {
  MasterItem,
  MasterPrice,
  MasterSupplier,
  MasterTaxRate,
  MasterTerms,
} from './master-file.ts'
import { type Master, namesOf } from './master.ts'

/** The look-ups of one document: all for its business day, each made and noted once. */
export type LookUps = {
  readonly day: BusinessDay
  readonly supplier: (number: string) => MasterSupplier | null
  readonly item: (named: ItemIdentifiers) => MasterItem | null
  readonly price: (asked: {
    readonly supplier: string
    readonly item: string
    readonly currency: string
  }) => MasterPrice | null
  readonly paymentTerms: (key: string) => MasterTerms | null
  readonly taxRate: (code: string) => MasterTaxRate | null
  /** The conversions between two units of an article; null where there is no way. */
  readonly conversion: (
    item: MasterItem,
    from: UnitOfMeasure,
    to: UnitOfMeasure,
  ) => ReturnType<typeof findConversion>
  /** What was looked up so far, in that order. */
  readonly made: () => MasterLookUp[]
}

/** Begins the look-ups of a document. */
export function createLookUps(master: Master, day: BusinessDay): LookUps {
  const noted = new Map<string, MasterLookUp>()
  const answers = new Map<string, unknown>()
  const { on } = day
  const look = <Row extends object>(
    table: MasterLookUp['table'],
    key: string,
    find: () => Row | null,
  ): Row | null => {
    const name = `${table} ${key}`
    if (noted.has(name)) return answers.get(name) as Row | null
    const row = find()
    answers.set(name, row)
    noted.set(name, noteOf(table, key, day, row))
    return row
  }
  return {
    day,
    supplier: (number) => look('supplier', number, () => master.supplier(number, on)),
    item: (named) => {
      const [first = 'unnamed'] = namesOf(named)
      return look('item', first, () => master.item(named, on))
    },
    price: (asked) =>
      look('price', joinKey([asked.supplier, asked.item, asked.currency]), () =>
        master.price(asked, on),
      ),
    paymentTerms: (key) => look('payment-terms', key, () => master.paymentTerms(key, on)),
    taxRate: (code) => look('tax-rate', code, () => master.taxRate(code, on)),
    conversion: ({ item, unitConversions }, from, to) => {
      if (from === to) return []
      const find = (): ReturnType<typeof findConversion> =>
        findConversion({
          conversions: [
            ...unitConversions.map((one) => ({ ...one, item })),
            ...master.unitConversions,
          ],
          item,
          from,
          to,
          on,
        })
      return look('unit', joinKey([item, from, to]), find) as ReturnType<typeof findConversion>
    },
    made: () => [...noted.values()],
  }
}

function noteOf(
  table: MasterLookUp['table'],
  key: string,
  { on, basis }: BusinessDay,
  row: object | null,
): MasterLookUp {
  const { effectiveFrom, effectiveTo } = (row ?? {}) as Pick<
    MasterLookUp,
    'effectiveFrom' | 'effectiveTo'
  >
  return {
    table,
    key: key.slice(0, 400),
    on,
    basis,
    row: row === null ? null : hashOf(row),
    ...(effectiveFrom !== undefined && { effectiveFrom }),
    ...(effectiveTo !== undefined && { effectiveTo }),
  }
}

/** An article as a sentence names it. */
export function nameOfItem(named: ItemIdentifiers): string {
  const [first] = namesOf(named)
  return first === undefined
    ? 'an article without a number'
    : `\`${first.slice(first.indexOf('/') + 1)}\``
}

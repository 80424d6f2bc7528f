import type { Instant } from '../calendar/instant.ts'
import { joinKey } from '../identity/identity.ts'
import { contractReference } from '../system-of-record/check-contract.ts'
import { takeOwned } from '../system-of-record/compare-records.ts'
import type { RecordKind, SystemOfRecordContract } from '../system-of-record/contract.ts'
import type { OwnershipCheck } from '../system-of-record/drift.ts'
import type { MasterFile } from './master-file.ts'

/**
 * What one system's master data says otherwise than ours, row by row and field by field, under the contract. One check for
 * each row that differs, in the order of the tables and then of the keys.
 */
export function compareMasters({
  contract,
  system,
  ours,
  theirs,
  asOf,
}: {
  readonly contract: SystemOfRecordContract
  readonly system: string
  readonly ours: MasterFile
  readonly theirs: MasterFile
  readonly asOf: Instant
}): readonly OwnershipCheck[] {
  const reference = contractReference(contract)
  return tables.flatMap(({ record, rowsOf }) => {
    const here = byKey(rowsOf(ours))
    const there = byKey(rowsOf(theirs))
    return [...new Set([...here.keys(), ...there.keys()])].toSorted().flatMap((key) => {
      const { drift } = takeOwned({
        contract,
        record,
        system,
        ours: here.get(key) ?? {},
        theirs: there.get(key) ?? {},
        isLater: false,
      })
      if (drift.length === 0) return []
      const recordNumber = key.slice(0, 200)
      return [
        // What a master says is never taken in here: each system keeps its own.
        {
          contract: reference,
          system,
          record,
          recordNumber,
          asOf,
          drift: drift.map((one) => ({ ...one, taken: false })),
        },
      ]
    })
  })
}

type KeyedRow = { readonly key: string; readonly row: object }

function byKey(rows: readonly KeyedRow[]): ReadonlyMap<string, object> {
  return new Map(rows.map(({ key, row }) => [key, row]))
}

type Dated = { readonly effectiveFrom?: string | undefined }

/** A row is the same where its key and its first day are. */
function keyed<Row extends Dated>(
  rows: readonly Row[],
  partsOf: (row: Row) => readonly string[],
): readonly KeyedRow[] {
  return rows.map((row) => ({ key: joinKey([...partsOf(row), row.effectiveFrom ?? '']), row }))
}

const tables: readonly {
  readonly record: RecordKind
  readonly rowsOf: (file: MasterFile) => readonly KeyedRow[]
}[] = [
  { record: 'supplier', rowsOf: (file) => keyed(file.suppliers, ({ supplier }) => [supplier]) },
  { record: 'item', rowsOf: (file) => keyed(file.items, ({ item }) => [item]) },
  {
    record: 'unit',
    rowsOf: (file) => keyed(file.unitConversions, ({ item, from, to }) => [item ?? '', from, to]),
  },
  {
    record: 'price',
    rowsOf: (file) =>
      keyed(file.prices, ({ supplier, item, currency }) => [supplier, item, currency]),
  },
  { record: 'payment-terms', rowsOf: (file) => keyed(file.paymentTerms, ({ key }) => [key]) },
  { record: 'tax-rate', rowsOf: (file) => keyed(file.taxRates, ({ code }) => [code]) },
]

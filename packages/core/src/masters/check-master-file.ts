import { pointerTo, type PlacedFinding } from '../system-of-record/check-contract.ts'
import { joinKey } from '../identity/identity.ts'
import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { isForeign, numbersOf } from './master.ts'
import { MasterFile } from './master-file.ts'

/** A file that was read, or what is wrong with it. Usable where `file` is not null; warnings may stand beside. */
export type CheckedMasterFile = {
  readonly file: MasterFile | null
  readonly findings: readonly PlacedFinding[]
}

/**
 * Reads master data: its form; that of no key two rows hold on one day; that no number means two articles or suppliers at
 * a time; and that prices, terms and substitutes name what is there. Never throws; every finding names its place.
 */
export function checkMasterFile(text: unknown): CheckedMasterFile {
  const parsed = MasterFile.safeParse(text)
  if (!parsed.success) {
    const findings = parsed.error.issues
      .slice(0, findingsMax)
      .map(({ path, message }): PlacedFinding => ({
        rule: 'master-form',
        severity: 'error',
        pointer: pointerTo(path),
        sentence: message,
      }))
    return { file: null, findings }
  }
  const file = parsed.data
  const findings = [
    ...overlaps(file),
    ...periods(file),
    ...references(file),
    ...scales(file),
  ].slice(0, findingsMax)
  const isBroken = findings.some(({ severity }) => severity === 'error')
  return { file: isBroken ? null : file, findings }
}

/** Findings told of one file; the first thousand say what is wrong with it. */
const findingsMax = 1000

type Row = {
  readonly effectiveFrom?: string | undefined
  readonly effectiveTo?: string | undefined
}
type Table = 'suppliers' | 'items' | 'prices' | 'paymentTerms' | 'taxRates'

/** The rows of every table with the keys they answer to and whom they are about. */
function keyedRows(file: MasterFile): readonly {
  readonly table: Table
  readonly rows: readonly (Row & { readonly keys: readonly string[]; readonly of: string })[]
}[] {
  return [
    {
      table: 'suppliers',
      rows: file.suppliers.map((row) => ({
        ...row,
        keys: [row.supplier, ...row.aliases],
        of: row.supplier,
      })),
    },
    {
      table: 'items',
      // Two suppliers may call two articles by one number; a buyer's number and a GTIN mean one.
      rows: file.items.map((row) => ({
        ...row,
        keys: numbersOf(row).filter((key) => !isForeign(key)),
        of: row.item,
      })),
    },
    {
      table: 'prices',
      rows: file.prices.map((row) => {
        const key = joinKey([row.supplier, row.item, row.currency])
        return { ...row, keys: [key], of: key }
      }),
    },
    {
      table: 'paymentTerms',
      rows: file.paymentTerms.map((row) => ({ ...row, keys: [row.key], of: row.key })),
    },
    {
      table: 'taxRates',
      rows: file.taxRates.map((row) => ({ ...row, keys: [row.code], of: row.code })),
    },
  ]
}

/** A number that two rows answer to on one day gives an answer that depends on the order of the file. */
function overlaps(file: MasterFile): readonly PlacedFinding[] {
  return keyedRows(file).flatMap(({ table, rows }) => {
    const known = new Map<string, { readonly row: (typeof rows)[number]; readonly at: number }[]>()
    return rows.flatMap((row, at) =>
      [...new Set(row.keys)].flatMap((key): readonly PlacedFinding[] => {
        const others = known.get(key) ?? []
        known.set(key, [...others, { row, at }])
        const other = others.find((one) => isOfOneDay(one.row, row))
        if (other === undefined) return []
        // A row without an end ends where the next of the same begins.
        if (other.row.of === row.of && isFollowed(row, other.row)) return []
        const sentence =
          other.row.of === row.of
            ? `\`${key}\` has two rows in force on one day: this and number ${other.at}`
            : `\`${key}\` means \`${row.of}\` here and \`${other.row.of}\` in row ${other.at}, on one day`
        return [error('rows-overlap', [table, at], sentence)]
      }),
    )
  })
}

function isOfOneDay(a: Row, b: Row): boolean {
  const begins = (row: Row): string => row.effectiveFrom ?? ''
  const ends = (row: Row): string => row.effectiveTo ?? '9999-12-31'
  return begins(a) <= ends(b) && begins(b) <= ends(a)
}

function isFollowed(a: Row, b: Row): boolean {
  const [first, next] = (a.effectiveFrom ?? '') < (b.effectiveFrom ?? '') ? [a, b] : [b, a]
  return first.effectiveTo === undefined && first.effectiveFrom !== next.effectiveFrom
}

function periods(file: MasterFile): readonly PlacedFinding[] {
  return keyedRows(file).flatMap(({ table, rows }) =>
    rows.flatMap(({ effectiveFrom, effectiveTo }, at) =>
      effectiveFrom !== undefined && effectiveTo !== undefined && effectiveTo < effectiveFrom
        ? [error('row-period', [table, at, 'effectiveTo'], 'the last day is before the first')]
        : [],
    ),
  )
}

function references(file: MasterFile): readonly PlacedFinding[] {
  const suppliers = new Set(file.suppliers.map(({ supplier }) => String(supplier)))
  const items = new Set(file.items.map(({ item }) => String(item)))
  const terms = new Set(file.paymentTerms.map(({ key }) => key))
  return [
    ...file.prices.flatMap(({ supplier, item }, at) => [
      ...(suppliers.has(supplier)
        ? []
        : [error('row-names-nothing', ['prices', at, 'supplier'], `no supplier \`${supplier}\``)]),
      ...(items.has(item)
        ? []
        : [error('row-names-nothing', ['prices', at, 'item'], `no item \`${item}\``)]),
    ]),
    ...file.suppliers.flatMap(({ paymentTerms }, at) =>
      paymentTerms === undefined || terms.has(paymentTerms)
        ? []
        : [
            error(
              'row-names-nothing',
              ['suppliers', at, 'paymentTerms'],
              `no payment terms \`${paymentTerms}\``,
            ),
          ],
    ),
    ...file.items.flatMap(({ substitutes }, at) =>
      substitutes.flatMap(({ item }, nth) =>
        items.has(item)
          ? []
          : [
              error(
                'row-names-nothing',
                ['items', at, 'substitutes', nth, 'item'],
                `no item \`${item}\``,
              ),
            ],
      ),
    ),
  ]
}

/** Scales rise: of two for one quantity nobody could say which counts. */
function scales({ prices }: MasterFile): readonly PlacedFinding[] {
  return prices.flatMap(({ scales: steps }, at) =>
    steps.flatMap(({ fromQuantity }, nth) => {
      const before = steps[nth - 1]
      return before === undefined || compareDecimals(before.fromQuantity, fromQuantity) < 0
        ? []
        : [
            error(
              'scales-do-not-rise',
              ['prices', at, 'scales', nth],
              `from ${fromQuantity} on comes after from ${before.fromQuantity} on`,
            ),
          ]
    }),
  )
}

function error(rule: string, path: readonly PropertyKey[], sentence: string): PlacedFinding {
  return { rule, severity: 'error', pointer: pointerTo(path), sentence }
}

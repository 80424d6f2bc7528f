import * as z from 'zod'
import { tableRowsMax, tableWidthMax } from '../check/budgets.ts'
import type { RuleEventType } from '../rule-set/rule-event.ts'

/** One column of a table: the place in the facts its cells are compared with, and how. */
export type TableColumn = {
  readonly fact: string
  readonly path?: string | undefined
  readonly operator: string
}

/**
 * One cell. In a column it is what the fact is compared with, a list for operators that look through one;
 * `null` or `"-"` is any value. In an output it is the value put into the answer, where `null` is a value.
 */
export type TableCell =
  | string
  | number
  | boolean
  | null
  | readonly unknown[]
  | { readonly [field: string]: unknown }

/** A row: a cell for each column, then one for each output. */
export type TableRow = readonly TableCell[]

/**
 * A decision table: every row is a rule, named `<table>/<row>`, whose conditions are its cells joined by `all`
 * and whose answer is the table's with the row's outputs put in.
 */
export type RuleTable = {
  readonly name: string
  readonly title?: string | undefined
  readonly priority?: number | undefined
  readonly columns: readonly TableColumn[]
  readonly outputs: readonly string[]
  readonly event: TableEvent
  readonly rows: readonly TableRow[]
}

/** The answer of a table's rows, as far as it is the same in all of them. */
export type TableEvent = {
  readonly type: RuleEventType
  readonly params: { readonly [field: string]: unknown }
}

/** The output that names the row instead of filling a place of the answer. */
export const nameOutput = 'name'

/** A cell that stands for any value. */
export const isAnyCell = (cell: unknown): cell is null | '-' => cell === null || cell === '-'

/** A table's name; a slash parts it from the row's. */
export const TableName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^/]*$/, 'not a name of a table: leave out the slash, which parts it from the row')

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.json()),
  z.record(z.string(), z.json()),
])

/** The schema of tables over the facts of those names, with those operators and that answer. */
export const tableOf = ({
  column,
  event,
}: {
  readonly column: z.ZodType<TableColumn>
  readonly event: z.ZodType<TableEvent>
}): z.ZodType<RuleTable> =>
  z.strictObject({
    name: TableName.describe('Unique among the tables; a row is reported as `<table>/<row>`.'),
    title: z.string().trim().min(1).max(200).optional().describe('In words for the buyer.'),
    priority: z
      .int()
      .positive()
      .max(1_000_000)
      .optional()
      .describe('Of all its rows against other rules; higher goes first, 1 where nothing is said.'),
    /** What the cells of a row are compared with, in their order. */
    columns: z.array(column).min(1).max(tableWidthMax),
    outputs: z
      .array(z.string().max(200))
      .max(tableWidthMax)
      .describe(
        'Where each value after the cells goes: a JSON pointer into the params, as `/upper/pct`, or `name` for the name of the row.',
      ),
    event: event.describe('What every row says, without what the outputs fill in.'),
    rows: z
      .array(z.array(cell).max(2 * tableWidthMax))
      .min(1)
      .max(tableRowsMax)
      .describe(
        'A cell for each column, then one for each output. `null` or `"-"` in a column is any value.',
      ),
  })

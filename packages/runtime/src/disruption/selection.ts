import { AggregateReference, CalendarDate, CounterfoilError, hashOf } from '@counterfoil/core'
import * as z from 'zod'
import { Disruption } from './disruption.ts'

const role = z.string().trim().min(1).max(60)
const person = z.string().min(1).max(120)

/**
 * What is to be done about touched work: open cases are given to another role, and to a person of it where one is named;
 * approvals that wait are handed to another role. Only what `fromRole` has, or waits for it, where that is named.
 */
export const BulkChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reassign'),
    toRole: role,
    toPerson: person.optional(),
    fromRole: role.optional(),
  }),
  z.strictObject({ kind: z.literal('reroute'), toRole: role, fromRole: role.optional() }),
])
export type BulkChange = z.infer<typeof BulkChange>

/** One case or approval of a selection. `version` is the one its aggregate was selected in. */
export const SelectedItem = z.strictObject({
  aggregate: AggregateReference,
  version: z.int().nonnegative(),
  /** Id of the case or the approval. */
  id: z.string().min(1).max(600),
  /** Who has it. */
  fromRole: z.string(),
  /** What it is, in words. */
  sentence: z.string().max(2000),
})
export type SelectedItem = z.infer<typeof SelectedItem>

/**
 * Work that was looked at and is to be changed as it was seen. It is plain JSON and may be kept in a file: `selectionId` is
 * the hash of everything else, so that nothing can be added to it afterwards.
 */
export const Selection = z.strictObject({
  selectionId: z.string().regex(/^[0-9a-f]{64}$/),
  disruption: Disruption,
  today: CalendarDate,
  change: BulkChange,
  items: z.array(SelectedItem).max(50_000),
})
export type Selection = z.infer<typeof Selection>

/** The hash by which a selection is known: sha-256 of its canonical JSON without the hash itself. */
export function selectionIdOf({
  disruption,
  today,
  change,
  items,
}: Omit<Selection, 'selectionId'>): string {
  return hashOf({ disruption, today, change, items })
}

/** Reads a selection. One that was changed since it was made, or is none, throws `COMMAND_INVALID`. */
export function readSelection(given: unknown): Selection {
  const { data: selection, error } = Selection.safeParse(given)
  if (selection === undefined) {
    const [first] = error.issues
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `this is no selection, \`${first?.path.join('.') ?? ''}\`: ${first?.message ?? ''}: make one by a preview`,
    )
  }
  if (selectionIdOf(selection) === selection.selectionId) return selection
  throw new CounterfoilError(
    'COMMAND_INVALID',
    'the selection was changed since it was made: make another preview',
  )
}

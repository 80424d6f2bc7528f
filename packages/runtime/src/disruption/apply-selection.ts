import type { Actor, AggregateReference } from '@counterfoil/core'
import type { AggregateCommand, CommandAnswer } from '../act/command.ts'
import type { Runtime } from '../runtime.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { readSelection, type SelectedItem, type Selection } from './selection.ts'

/** What became of one case or approval of a selection; `number` counts from 1, as in its idempotency key. */
export type AppliedItem = {
  readonly number: number
  readonly aggregate: AggregateReference
  readonly id: string
  readonly fromRole: string
  /** What it is, in words. */
  readonly what: string
  /** `changed`: something happened to its aggregate since it was selected, so it was left alone. */
  readonly outcome: 'applied' | 'changed' | 'refused'
  /** Why it was not done, for programs; null where it was. */
  readonly reason: string | null
  /** The same in words; null where it was done. */
  readonly sentence: string | null
}

/** What became of a selection. */
export type SelectionReport = {
  readonly selectionId: string
  readonly applied: number
  readonly changed: number
  readonly refused: number
  /** In the order of the selection. */
  readonly items: readonly AppliedItem[]
}

/**
 * Carries a selection out, one ordinary command for each of its items, under the key `<selection>/<number>`: each is
 * decided, audited and told like any other, with who asked and why. What was changed since it was selected is left alone
 * and reported. Asked again, after a crash for instance, it goes on where it was: what was done has no second effect and
 * is reported as done. A selection that was tampered with throws `COMMAND_INVALID`.
 */
export async function applySelection(
  runtime: Pick<Runtime, 'act'>,
  { selection, actor }: { readonly selection: Selection; readonly actor: Actor },
): Promise<SelectionReport> {
  const whole = readSelection(selection)
  // Of several items of one aggregate each sees what the one before it left.
  const seen = new Map<string, number>()
  const items: AppliedItem[] = []
  for (const [index, item] of whole.items.entries()) {
    const place = aggregateText(item.aggregate)
    const expectedVersion = seen.get(place) ?? item.version
    const number = index + 1
    const answer = await runtime.act({
      ...commandOf(whole, item),
      actor,
      idempotencyKey: `${whole.selectionId}/${number}`,
      expectedVersion,
    })
    if (answer.outcome === 'applied' && answer.version !== null) seen.set(place, answer.version)
    items.push(appliedItem({ item, number }, answer))
  }
  const count = (outcome: AppliedItem['outcome']) =>
    items.filter((one) => one.outcome === outcome).length
  return {
    selectionId: whole.selectionId,
    applied: count('applied'),
    changed: count('changed'),
    refused: count('refused'),
    items,
  }
}

function commandOf(
  { disruption, change }: Selection,
  { aggregate, id, fromRole }: SelectedItem,
): Pick<AggregateCommand, 'tenant' | 'aggregate' | 'type' | 'data'> {
  const { tenant, reason } = disruption
  const about = { tenant, aggregate }
  if (change.kind === 'reroute') {
    const data = { approvalId: id, fromRole, toRole: change.toRole, reason }
    return { ...about, type: 'approval.rerouted', data }
  }
  const { toRole: role, toPerson: person = null } = change
  return { ...about, type: 'case.assigned', data: { exceptionId: id, person, role, reason } }
}

function appliedItem(
  { item, number }: { readonly item: SelectedItem; readonly number: number },
  answer: CommandAnswer,
): AppliedItem {
  const { aggregate, id, fromRole, sentence: what } = item
  const about = { number, aggregate, id, fromRole, what }
  switch (answer.outcome) {
    // A command that was forgotten, while its aggregate still knows it, was done.
    case 'applied':
    case 'duplicate':
      return { ...about, outcome: 'applied', reason: null, sentence: null }
    case 'version-conflict':
      return { ...about, outcome: 'changed', reason: answer.code, sentence: answer.sentence }
    case 'parked':
    case 'refused': {
      const { reason, sentence } = answer
      return { ...about, outcome: 'refused', reason, sentence }
    }
  }
}

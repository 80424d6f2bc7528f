import {
  AggregateReference,
  type AggregateState,
  type DomainEvent,
  invoiceAggregate,
  orderAggregate,
  shipmentAggregate,
} from '@counterfoil/core'
import { ArchivedAggregate, ArchiveOpening } from '@counterfoil/core/audit'
import type { Insight } from './create-insight.ts'

/**
 * Tells an insight what an archive of purged orders, shipments and invoices holds, line by line as it was written, so that
 * they stay counted: their events are replayed by this release, whichever made the state in the archive. Gives how many
 * there were. Throws where a text is no archive; whether it is whole is for `verifyArchive` to say.
 */
export async function takeArchive(
  insight: Insight,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<{ readonly tenant: string; readonly aggregates: number }> {
  let tenant: string | null = null
  let current: { readonly reference: AggregateReference; readonly events: DomainEvent[] } | null =
    null
  let aggregates = 0
  for await (const line of lines) {
    if (line.trim() === '') continue
    const record: unknown = JSON.parse(line)
    tenant ??= ArchiveOpening.parse(record).tenant
    const begun = ArchivedAggregate.safeParse(record)
    if (begun.success) {
      tell()
      current = { reference: referenceOf(begun.data.aggregate), events: [] }
    } else if (isEvent(record)) {
      current?.events.push(record.record)
    }
  }
  tell()
  return { tenant: tenant ?? '', aggregates }

  function tell(): void {
    if (current === null || tenant === null) return
    const { reference, events } = current
    insight.take(tenant, reference, replay(reference, events))
    aggregates += 1
  }
}

function referenceOf(name: string): AggregateReference {
  const at = name.indexOf(':')
  return AggregateReference.parse({ kind: name.slice(0, at), key: name.slice(at + 1) })
}

function isEvent(
  record: unknown,
): record is { readonly kind: 'event'; readonly record: DomainEvent } {
  return typeof record === 'object' && record !== null && Reflect.get(record, 'kind') === 'event'
}

function replay(
  { kind, key }: AggregateReference,
  events: readonly DomainEvent[],
): AggregateState | null {
  if (events.length === 0) return null
  switch (kind) {
    case 'order':
      return orderAggregate.replay(key, events)
    case 'shipment':
      return shipmentAggregate.replay(key, events)
    case 'invoice':
      return invoiceAggregate.replay(key, events)
    case 'agreement':
      // No metric counts agreements; their releases are orders.
      return null
  }
}

import { hashOf } from '../hash/content-hash.ts'
import type { DomainEvent } from '../message/message.ts'
import type { AuditEntry } from './audit-entry.ts'

/**
 * Why a stored event is not the one that an audit entry was written about, in words; null where it is. An entry without the
 * hash of its event says no more than which event, of what type, was by whom.
 */
export function auditEventBreak(entry: AuditEntry, event: DomainEvent): string | null {
  const place = `event ${event.sequence} of \`${entry.aggregate}\``
  if (entry.eventId !== event.id || entry.sequence !== event.sequence) {
    return `${place} is \`${event.id}\`, and the audit entry is about \`${entry.eventId}\``
  }
  const isSame =
    entry.eventHash === undefined
      ? hashOf([entry.event, entry.actor]) === hashOf([event.type, event.actor])
      : entry.eventHash === hashOf(event)
  return isSame ? null : `${place} was changed after its audit entry was written`
}

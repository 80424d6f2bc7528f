import { type Instant, type Message, TenantId } from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import { type Draft, loadInDraft } from '../decide/draft.ts'
import { type Told, tellAggregate } from '../decide/tell-aggregate.ts'
import type { AggregateCommand, CommandAnswer } from './command.ts'

/** Carries out what somebody decided about an order, shipment or invoice, if it still is as they saw it. */
export async function actOnAggregate(
  conductor: Conductor,
  draft: Draft,
  command: AggregateCommand,
): Promise<CommandAnswer> {
  const message = messageOf(command, conductor.now())
  const { aggregate } = await loadInDraft(draft, {
    tenant: command.tenant,
    reference: command.aggregate,
    messageId: message.id,
  })
  const currentVersion = aggregate.state?.sequence ?? 0
  const { expectedVersion } = command
  if (expectedVersion !== null && expectedVersion !== currentVersion) {
    return {
      outcome: 'version-conflict',
      code: 'VERSION_CONFLICT',
      expectedVersion,
      currentVersion,
      sentence: `it was changed since: version ${expectedVersion} was seen, version ${currentVersion} is stored. Look again and decide again`,
    }
  }
  return answerOf(await tellAggregate(conductor, draft, message))
}

function messageOf(command: AggregateCommand, now: Instant): Message {
  return {
    id: `command:${command.idempotencyKey}`,
    tenant: TenantId.parse(command.tenant),
    aggregate: command.aggregate,
    type: command.type,
    schemaVersion: 1,
    occurredAt: now,
    receivedAt: now,
    actor: command.actor,
    causedBy: null,
    data: command.data,
  }
}

function answerOf({ outcome, version, eventIds }: Told): CommandAnswer {
  switch (outcome.kind) {
    case 'applied':
      return { outcome: 'applied', version, eventIds, documents: [] }
    case 'parked':
    case 'refused':
      return { outcome: outcome.kind, reason: outcome.reason, sentence: outcome.sentence }
    case 'duplicate':
      return { outcome: 'duplicate', sentence: outcome.sentence }
  }
}

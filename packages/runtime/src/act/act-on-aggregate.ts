import {
  type Authority,
  canonicalJson,
  type Instant,
  type Message,
  messageData,
  splitKey,
  TenantId,
} from '@counterfoil/core'
import {
  contractReference,
  type OwnershipCheck,
  refusalToSay,
  systemOf,
  type SystemOfRecordContract,
  type WriteRefusal,
} from '@counterfoil/core/system-of-record'
import { type Gathering, mastersOf } from '../receive/gather.ts'
import type { Conductor } from '../decide/conduct.ts'
import { type Draft, loadInDraft } from '../decide/draft.ts'
import { type Told, tellAggregate } from '../decide/tell-aggregate.ts'
import type { AggregateCommand, CommandAnswer } from './command.ts'

/** Carries out what somebody decided about an order, shipment, invoice or agreement, if it still is as they saw it. */
export async function actOnAggregate(
  {
    conductor,
    ...gathering
  }: Pick<Gathering, 'contracts' | 'masters'> & {
    readonly conductor: Conductor
  },
  draft: Draft,
  command: AggregateCommand,
  authority: Authority | null = null,
): Promise<CommandAnswer> {
  const said = messageOfCommand(command, conductor.now())
  const message = authority === null ? said : { ...said, authority }
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
  const refusal = refusalByContract(gathering, command, message)
  if (refusal === null) return answerOf(await tellAggregate(conductor, draft, gathered()))
  if (command.actor.kind === 'connector' && aggregate.state !== null) {
    // A program does not read why it was refused; whoever the case goes to does, and nothing it said is lost.
    await tellAggregate(conductor, draft, comparedOf(message, refusal))
  }
  const { reason, sentence } = refusal.refused
  return { outcome: 'refused', reason, sentence }

  function gathered(): Message {
    const masters = mastersOf(gathering, message.type, message.data['document'])
    return Object.keys(masters).length === 0
      ? message
      : { ...message, data: messageData({ ...message.data, ...masters }) }
  }
}

type ContractRefusal = {
  readonly contract: SystemOfRecordContract
  readonly refused: WriteRefusal
}

function refusalByContract(
  { contracts }: Pick<Gathering, 'contracts'>,
  { aggregate, type, actor, expectedVersion }: AggregateCommand,
  { tenant, receivedAt }: Message,
): ContractRefusal | null {
  const buyerOrganisation = splitKey(aggregate.key)[1] ?? ''
  const contract = contracts({ tenant, buyerOrganisation, at: receivedAt })
  if (contract === undefined) return null
  const refused = refusalToSay(contract, { type, actor, expectedVersion })
  return refused === null ? null : { contract, refused }
}

/** What was not taken, as a difference somebody looks at. */
function comparedOf(
  message: Message,
  { contract, refused: { record, path, owner } }: ContractRefusal,
): Message {
  const ownership: OwnershipCheck = {
    contract: contractReference(contract),
    system: systemOf(contract, message.actor.id),
    record: record ?? 'purchase-order',
    recordNumber: message.type,
    asOf: message.receivedAt,
    drift: [
      {
        record: record ?? 'purchase-order',
        path: path === null || path === '' ? message.type : path,
        ours: null,
        theirs: canonicalJson(message.data).slice(0, 400),
        owner: owner ?? 'nobody',
        policy: 'exception',
        taken: false,
      },
    ],
  }
  return {
    ...message,
    id: `${message.id}/compared`,
    type: 'ownership.compared',
    data: messageData({ ownership }),
  }
}

/** A command as the message it tells its aggregate. */
export function messageOfCommand(command: AggregateCommand, now: Instant): Message {
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

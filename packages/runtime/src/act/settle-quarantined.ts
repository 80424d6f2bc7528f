import { type DocumentReader, type Envelope } from '@counterfoil/core'
import { absorbFork, type Draft, forkDraft } from '../decide/draft.ts'
import type { DocumentAnswer } from '../receive/document-answer.ts'
import {
  type QuarantinedDocument,
  quarantinePiece,
  settleQuarantined,
} from '../receive/quarantine.ts'
import { readDelivery } from '../receive/read-delivery.ts'
import { type Intake, takeIn } from '../receive/take-in.ts'
import type { CommandAnswer, DiscardQuarantined, RepairQuarantined } from './command.ts'

/** What mending a quarantined document needs. */
export type Repair = {
  readonly intake: Intake
  readonly readers: readonly DocumentReader[]
  readonly bodyCharactersMax: number
}

/** Sends a quarantined document again with a mended text. If it still cannot be used, nothing changes. */
export async function repairQuarantined(
  repair: Repair,
  draft: Draft,
  command: RepairQuarantined,
): Promise<CommandAnswer> {
  const found = await findQuarantined(draft, command)
  if (found.refusal !== null) return found.refusal
  const { record } = found
  const fork = forkDraft(draft)
  const documents = await takeInAgain(repair, fork, record, command.body)
  const failed = documents.find(({ outcome }) => outcome === 'quarantined')
  if (failed?.outcome === 'quarantined') {
    return { outcome: 'refused', reason: 'STILL_UNUSABLE', sentence: failed.sentence }
  }
  fork.pieces.push(quarantinePiece(settled(repair.intake, record, command, 'repaired')))
  absorbFork(draft, fork)
  return { outcome: 'applied', version: null, eventIds: [], documents }
}

/** Gives up a quarantined document. It stays on record, with who gave it up and why. */
export async function discardQuarantined(
  repair: Repair,
  draft: Draft,
  command: DiscardQuarantined,
): Promise<CommandAnswer> {
  const found = await findQuarantined(draft, command)
  if (found.refusal !== null) return found.refusal
  draft.pieces.push(quarantinePiece(settled(repair.intake, found.record, command, 'discarded')))
  return { outcome: 'applied', version: null, eventIds: [], documents: [] }
}

async function takeInAgain(
  { intake, readers, bodyCharactersMax }: Repair,
  draft: Draft,
  record: QuarantinedDocument,
  body: string,
): Promise<readonly DocumentAnswer[]> {
  const header = record.envelope
  const envelope: Envelope = { ...header, body }
  const receivedAt = intake.conductor.now()
  const answers: DocumentAnswer[] = []
  for (const read of readDelivery({ envelope, header, readers, bodyCharactersMax })) {
    // The delivery's own key was answered when it was quarantined; the mended text is another delivery.
    const deliveryKey = `${read.deliveryKey}#repair-of-${record.quarantineId}`
    const arrival = { header, receivedAt, read: { ...read, deliveryKey } }
    answers.push(await takeIn(intake, draft, arrival))
  }
  return answers
}

async function findQuarantined(
  draft: Draft,
  { tenant, quarantineId }: { readonly tenant: string; readonly quarantineId: string },
): Promise<
  | { readonly refusal: CommandAnswer }
  | { readonly refusal: null; readonly record: QuarantinedDocument }
> {
  const { rows } = await draft.store.quarantined({ tenant, quarantineId, limit: 1 })
  const record = draftedRecord(draft, tenant, quarantineId) ?? rows[0]
  if (record === undefined) {
    return refusal('NOT_FOUND', `no document is quarantined as \`${quarantineId}\``)
  }
  if (record.state === 'quarantined') return { refusal: null, record }
  return refusal('ALREADY_SETTLED', `document \`${quarantineId}\` was ${record.state} before`)
}

function draftedRecord(
  draft: Draft,
  tenant: string,
  quarantineId: string,
): QuarantinedDocument | undefined {
  const own = draft.pieces
    .flatMap((piece) => piece.quarantined ?? [])
    .findLast((one) => one.tenant === tenant && one.quarantineId === quarantineId)
  if (own !== undefined || draft.parent === null) return own
  return draftedRecord(draft.parent, tenant, quarantineId)
}

function refusal(reason: string, sentence: string): { readonly refusal: CommandAnswer } {
  return { refusal: { outcome: 'refused', reason, sentence } }
}

function settled(
  { conductor }: Intake,
  record: QuarantinedDocument,
  { actor, note }: RepairQuarantined | DiscardQuarantined,
  state: 'repaired' | 'discarded',
): QuarantinedDocument {
  return settleQuarantined(record, state, { at: conductor.now(), by: actor, note })
}

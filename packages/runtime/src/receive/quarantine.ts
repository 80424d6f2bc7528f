import {
  type Actor,
  type AggregateReference,
  type EnvelopeHeader,
  type ExceptionCase,
  type ExceptionCode,
  type Finding,
  type Instant,
  joinKey,
  localDateOf,
} from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import type { DraftedPiece } from '../decide/draft.ts'
import { closeOwnCase, openOwnCase } from '../decide/open-own-case.ts'
import { caseRow } from '../views/case-row.ts'

/** A document that could not be used, kept whole until a person repairs or discards it. */
export type QuarantinedDocument = {
  readonly tenant: string
  /** Derived from the delivery, so that the same bad delivery is quarantined once. */
  readonly quarantineId: string
  readonly envelope: EnvelopeHeader
  readonly deliveryKey: string
  readonly contentHash: string
  /** The untouched text of just this document. */
  readonly raw: string
  readonly findings: readonly Finding[]
  /** `NOT_RECOGNISED`, `UNREADABLE`, `WRONG_ADDRESSEE`, `UNVERIFIED_SENDER`, `NOT_OWNER`, `NOT_ADDRESSABLE`, `REFUSED`, `UNDECIDABLE`. */
  readonly reason: string
  readonly sentence: string
  readonly receivedAt: string
  /** What it is addressed to: while it waits, that is not purged. Absent on what could not be read so far. */
  readonly aggregates?: readonly AggregateReference[]
  readonly state: 'quarantined' | 'repaired' | 'discarded'
  /** The case for whoever repairs or discards it. Absent on what was quarantined before cases were opened for it. */
  readonly exception?: ExceptionCase
  /** Set when it was repaired or discarded. */
  readonly settled: {
    readonly at: string
    readonly by: Actor
    readonly note: string
  } | null
}

/** Opens the case of a document that could not be used: whose it is, until when, and what to do. */
export function withCase(
  conductor: Conductor,
  record: QuarantinedDocument & { readonly receivedAt: Instant },
): QuarantinedDocument {
  const { tenant, quarantineId, envelope, sentence } = record
  const { buyerOrganisation, supplier, connection, timeZone } = envelope
  const exception = openOwnCase(conductor, {
    exceptionId: quarantineId,
    code: codes.get(record.reason) ?? 'MAPPING_FAILED',
    subject: { aggregate: 'document', key: joinKey([tenant, buyerOrganisation, quarantineId]) },
    place: {
      scope: {
        tenant,
        legalEntity: buyerOrganisation,
        businessUnit: buyerOrganisation,
        ...(supplier !== undefined && { supplier }),
      },
      businessDate: localDateOf(record.receivedAt, timeZone),
    },
    sentence: `a document of \`${connection}\` cannot be used: ${sentence}. Send it again repaired, or discard it`,
  })
  return { ...record, exception }
}

/** Cases that are not about the form of a document. */
const codes: ReadonlyMap<string, ExceptionCode> = new Map([
  ['UNVERIFIED_SENDER', 'UNVERIFIED_SENDER'],
  ['NOT_OWNER', 'SOR_CONFLICT'],
])

/** Closes the case of a document that was sent again repaired, or given up. */
export function settleQuarantined(
  record: QuarantinedDocument,
  state: 'repaired' | 'discarded',
  settled: NonNullable<QuarantinedDocument['settled']> & { readonly at: Instant },
): QuarantinedDocument {
  const { exception } = record
  if (exception === undefined) return { ...record, state, settled }
  const { at, by, note } = settled
  const isRepaired = state === 'repaired'
  const closed = closeOwnCase(exception, { isRepaired, by: by.id, at, note, rootCause: null })
  return { ...record, state, settled, exception: closed }
}

/** A quarantined document and the row of its case. */
export function quarantinePiece(record: QuarantinedDocument): DraftedPiece {
  const { tenant, quarantineId, exception, envelope } = record
  if (exception === undefined) return { quarantined: [record] }
  const aggregate = { kind: 'document' as const, key: exception.subject.key }
  const rows = [caseRow(exception, envelope.supplier ?? null)]
  return {
    quarantined: [record],
    rows: [{ tenant, source: `quarantine:${quarantineId}`, aggregate, rows }],
  }
}

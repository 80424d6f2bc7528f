import { contentHashOf } from '../document/document-content-hash.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { MasterCheck } from '../masters/master-check.ts'
import { recordMasterCheck } from '../masters/record-master-check.ts'
import type { OwnershipCheck } from '../system-of-record/drift.ts'
import { recordDrift } from '../system-of-record/record-drift.ts'
import { currentVersion } from './current-invoice.ts'
import type { InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts, InvoiceVersion } from './invoice-state.ts'
import { recordSupplier } from './supplier-standing.ts'

type DocumentFact = InvoiceFactOf<
  | 'invoice.received'
  | 'supplier.changed'
  | 'masters.looked-up'
  | 'ownership.compared'
  | 'extraction.doubted'
  | 'extraction.confirmed'
  | 'invoice.linked'
  | 'register.looked-up'
  | 'allocation.answered'
  | 'match.started'
  | 'invoice.matched'
>

/** Adds a text of the invoice, what was asked about it, the answers, and what the match made of them. */
export function recordInvoiceDocument(facts: InvoiceFacts, fact: DocumentFact): InvoiceFacts {
  switch (fact.type) {
    case 'invoice.received':
      return gathered(recordSupplier(received(facts, fact), fact.data.supplier, fact.at), fact.data)
    case 'masters.looked-up':
    case 'ownership.compared':
      return gathered(facts, fact.data)
    case 'supplier.changed':
      return recordSupplier(facts, fact.data.supplier, earlierOf(fact.occurredAt, fact.at))
    case 'extraction.doubted':
      return withVersions(facts, fact.data.documentHash, { doubtedFields: fact.data.fields })
    case 'extraction.confirmed':
      return withVersions(facts, currentVersion(facts)?.hash ?? '', { confirmedBy: fact.by.id })
    case 'invoice.linked':
      return linked(facts, fact)
    case 'register.looked-up':
      return { ...facts, register: fact.data }
    case 'allocation.answered':
      return answered(facts, fact)
    case 'match.started':
      return started(facts, fact)
    case 'invoice.matched':
      return matched(facts, fact)
  }
}

/** What was looked up as the invoice came in, or since. */
function gathered(
  facts: InvoiceFacts,
  said: {
    readonly masters?: MasterCheck | undefined
    readonly ownership?: OwnershipCheck | undefined
  },
): InvoiceFacts {
  const masters = recordMasterCheck(facts.masters, said.masters)
  const drift = recordDrift(facts.drift, said.ownership)
  return {
    ...facts,
    ...(masters !== undefined && { masters }),
    ...(drift !== undefined && { drift }),
  }
}

/** News is as old as what happened, however late it comes; nothing happens after it was heard of. */
function earlierOf(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) < 0 ? a : b
}

function received(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.received'>): InvoiceFacts {
  const { document, calendars } = fact.data
  const hash = contentHashOf(document)
  if (facts.versions.some((version) => version.hash === hash)) return facts
  const version: InvoiceVersion = {
    hash,
    document,
    receivedAt: fact.at,
    enteredBy: fact.by,
    doubtedFields: [],
    confirmedBy: null,
  }
  const before = currentVersion(facts)?.hash
  const next = {
    ...facts,
    versions: [...facts.versions, version].toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
    calendar: calendars?.buyer ?? facts.calendar,
  }
  if (currentVersion(next)?.hash === before) return next
  return { ...next, rematchBecause: before === undefined ? 'it came in' : 'it was corrected' }
}

function withVersions(
  facts: InvoiceFacts,
  hash: string,
  change: Partial<InvoiceVersion>,
): InvoiceFacts {
  return {
    ...facts,
    versions: facts.versions.map((version) =>
      version.hash === hash ? { ...version, ...change } : version,
    ),
  }
}

function linked(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.linked'>): InvoiceFacts {
  const links = Object.fromEntries(
    fact.data.links.map(({ invoiceLineNumber, orderNumber, orderLineNumber }) => [
      invoiceLineNumber,
      { orderNumber, orderLineNumber },
    ]),
  )
  return {
    ...facts,
    links: { ...facts.links, ...links },
    rematchBecause: `\`${fact.by.id}\` linked it: ${fact.data.reason}`,
  }
}

/** Only the answer to the last question counts; an older one arriving late changes nothing. */
function answered(facts: InvoiceFacts, fact: InvoiceFactOf<'allocation.answered'>): InvoiceFacts {
  const { orderNumber, attempt, view } = fact.data
  const known = facts.answers[orderNumber]
  if (known !== undefined && known.attempt >= attempt) return facts
  return { ...facts, answers: { ...facts.answers, [orderNumber]: { attempt, view } } }
}

function started(facts: InvoiceFacts, fact: InvoiceFactOf<'match.started'>): InvoiceFacts {
  const { attempt, because, lookUpId, orders } = fact.data
  const documentHash = currentVersion(facts)?.hash ?? ''
  return {
    ...facts,
    attempt: { number: attempt, because, lookUpId, orders, documentHash },
    rematchBecause: null,
  }
}

function matched(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.matched'>): InvoiceFacts {
  const { result, partialRelease, asksBesideHolds } = fact.data
  const documentHash = facts.attempt?.documentHash ?? ''
  const isSuspect = result.decision === 'suspect-duplicate'
  return {
    ...facts,
    match: {
      documentHash,
      result,
      partialRelease,
      ...(asksBesideHolds !== undefined && { asksBesideHolds }),
    },
    // A new suspicion after an earlier one was cleared is a new question.
    duplicate: isSuspect ? null : facts.duplicate,
  }
}

import {
  Decimal,
  Instant,
  Invoice,
  type MatchDocuments,
  MatchDecision,
  OrderMatchView,
  PolicyReference,
  type RecordedMatch,
  RegisteredInvoice,
} from '@counterfoil/core'
import * as z from 'zod'

const MatchRecordLine = z.strictObject({
  invoice: Invoice,
  invoiceKey: z.string().max(400),
  attempt: z.int().positive(),
  orders: z.array(OrderMatchView),
  register: z.array(RegisteredInvoice),
  now: Instant,
  receivedAt: Instant.optional(),
  supplierName: z.string().max(400).optional(),
  expectedTaxAmount: Decimal.optional(),
  /** What was decided then, and under which versions. */
  decision: MatchDecision,
  holds: z.array(z.string()),
  policy: z.array(PolicyReference),
})

/** One match as it is kept to be tried again: its documents, what was decided then, and under which versions. */
export type MatchRecord = {
  readonly documents: MatchDocuments
  readonly decision: MatchDecision
  /** The holds it wanted, by their texts. */
  readonly holds: readonly string[]
  readonly policy: readonly PolicyReference[]
}

/** A match as one line of a record file (JSON Lines). */
export const writeMatchRecord = ({ documents, result }: RecordedMatch): string =>
  JSON.stringify({
    ...documents,
    decision: result.decision,
    holds: result.holds.map(({ text }) => text),
    policy: result.references,
  })

/** A line of a record file as a match, or why it is none. */
export const readMatchRecord = (
  line: string,
): { readonly record: MatchRecord } | { readonly fault: string } => {
  const json = parse(line)
  const { data, error } = MatchRecordLine.safeParse(json)
  if (data === undefined) {
    const [issue] = error.issues
    return { fault: `at \`${issue?.path.join('/') ?? ''}\`: ${issue?.message ?? ''}` }
  }
  const { decision, holds, policy, receivedAt, supplierName, expectedTaxAmount, ...documents } =
    data
  const known = {
    ...(receivedAt === undefined ? {} : { receivedAt }),
    ...(supplierName === undefined ? {} : { supplierName }),
    ...(expectedTaxAmount === undefined ? {} : { expectedTaxAmount }),
  }
  return { record: { documents: { ...documents, ...known }, decision, holds, policy } }
}

/** A match that was just made, or is read from a store, as a record. */
export const matchRecordOf = ({ documents, result }: RecordedMatch): MatchRecord => ({
  documents,
  decision: result.decision,
  holds: result.holds.map(({ text }) => text),
  policy: result.references,
})

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

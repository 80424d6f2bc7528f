import {
  canonicalJson,
  type DocumentReader,
  type Envelope,
  type EnvelopeHeader,
  type Finding,
  type ReadContext,
  type ReadDocument,
  sha256Hex,
  TradeDocument,
} from '@counterfoil/core'
import { rawOf } from './raw-of.ts'
import { findingOnWhole } from './runtime-finding.ts'

/** One document of a delivery, read and checked; `reason` is set when it cannot be used. */
export type ReadAndChecked = ReadDocument & {
  readonly reason: 'NOT_RECOGNISED' | 'UNREADABLE' | null
}

/**
 * Every document of a delivery, in its order and never none. Whatever a reader makes of it is checked again here, so
 * that nothing malformed is ever decided about; a reader that throws, against its contract, costs one quarantined
 * delivery and nothing more.
 */
export function readDelivery({
  envelope,
  header,
  readers,
  bodyCharactersMax,
}: {
  readonly envelope: Envelope
  readonly header: EnvelopeHeader
  readonly readers: readonly DocumentReader[]
  readonly bodyCharactersMax: number
}): readonly ReadAndChecked[] {
  if (envelope.body === undefined) {
    return [readGiven(envelope.document, envelope.deliveryKey, header.connection)]
  }
  const { body } = envelope
  if (body.length > bodyCharactersMax) {
    const sentence = `the delivery has ${body.length} characters, more than the ${bodyCharactersMax} allowed: send it in parts`
    return [unusable(body, header.connection, 'UNREADABLE', ['delivery-too-long', sentence])]
  }
  try {
    const reader = readers.find(({ recognises }) => recognises(body))
    if (reader === undefined) {
      const sentence =
        'no reader recognises this text: check the format, or give the runtime a reader for it'
      return [
        unusable(body, header.connection, 'NOT_RECOGNISED', ['format-not-recognised', sentence]),
      ]
    }
    const documents = reader.read(body, contextOf(header))
    if (documents.length > 0) return documents.map(check)
    const sentence = 'the delivery holds no document'
    return [unusable(body, header.connection, 'UNREADABLE', ['delivery-empty', sentence])]
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const sentence = `the reader gave up: ${said}`
    return [unusable(body, header.connection, 'UNREADABLE', ['reader-failed', sentence])]
  }
}

function readGiven(
  document: unknown,
  deliveryKey: string | undefined,
  connection: string,
): ReadAndChecked {
  const keyOf = (raw: string): string => deliveryKey ?? contentKey(connection, raw)
  try {
    // Only what is plain JSON can be hashed, stored and read again as what it was.
    const raw = canonicalJson(document)
    return check({ document, findings: [], raw, deliveryKey: keyOf(raw) })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const raw = rawOf(document)
    return {
      ...unusable(raw, connection, 'UNREADABLE', ['document-not-json', said]),
      deliveryKey: keyOf(raw),
    }
  }
}

function check(
  read: Omit<ReadDocument, 'document'> & { readonly document: unknown },
): ReadAndChecked {
  const isBroken = read.findings.some(({ severity }) => severity === 'error')
  if (read.document === null || isBroken) return { ...read, document: null, reason: 'UNREADABLE' }
  const parsed = TradeDocument.safeParse(read.document)
  if (parsed.success) return { ...read, document: parsed.data, reason: null }
  const findings = parsed.error.issues.map(({ path, message }): Finding => ({
    ...findingOnWhole(
      'document-invalid',
      'error',
      `at \`${path.join('/')}\`: ${message}`,
      read.raw,
    ),
    position: { offset: 0, line: 1, column: 1, path: path.join('/').slice(0, 300) },
  }))
  return {
    ...read,
    document: null,
    findings: [...read.findings, ...findings.slice(0, findingsMax)],
    reason: 'UNREADABLE',
  }
}

/** Findings kept of one malformed document; the first hundred say what is wrong with it. */
const findingsMax = 100

function unusable(
  raw: string,
  connection: string,
  reason: 'NOT_RECOGNISED' | 'UNREADABLE',
  [rule, sentence]: readonly [rule: string, sentence: string],
): ReadAndChecked {
  return {
    document: null,
    findings: [findingOnWhole(rule, 'error', sentence, raw)],
    raw,
    deliveryKey: contentKey(connection, raw),
    reason,
  }
}

function contentKey(connection: string, raw: string): string {
  return `${connection}/${sha256Hex(raw)}`
}

function contextOf(header: EnvelopeHeader): ReadContext {
  const { tenant, buyerOrganisation, supplier, connection, timeZone, currency } = header
  return {
    tenant,
    buyerOrganisation,
    connection,
    timeZone,
    ...(supplier === undefined ? {} : { supplier }),
    ...(currency === undefined ? {} : { currency }),
  }
}

import {
  type DocumentReader,
  type Finding,
  type ReadContext,
  type ReadDocument,
  sha256Hex,
  TradeDocument,
} from '@counterfoil/core'
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { checkJsonText } from './check-json-text.ts'
import { type FindingMaker, findingsIn } from './json-findings.ts'

const documentsMax = 10_000
const findingsMax = 50

/**
 * Reads canonical documents written as JSON: one object, or an array of them. This is the API channel, and the form
 * `counterfoil read` prints. Header fields the connection knows (tenant, buyer organisation, supplier) may be left out.
 * In an array each document is read on its own: one that cannot be used does not hold up the others.
 */
export function createCanonicalJsonReader(): DocumentReader {
  return {
    format: 'api',
    recognises: (text) => /^\uFEFF?\s*[[{]/.test(text),
    read: readCanonicalJson,
  }
}

/** A delivery while it is read. */
type Reading = {
  readonly text: string
  readonly context: ReadContext
  readonly finding: FindingMaker
}

function readCanonicalJson(text: string, context: ReadContext): readonly ReadDocument[] {
  const reading: Reading = { text, context, finding: findingsIn(text) }
  const unusable = checkJsonText(text, reading.finding)
  if (unusable !== null) return [unreadable(text, context, [unusable])]
  const errors: ParseError[] = []
  // The byte-order mark some editors write is a blank here, so that offsets stay those of the text.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true })
  if (root === undefined || errors.length > 0) {
    const findings = errors.slice(0, findingsMax).map((error) => syntaxFinding(reading, error))
    return [unreadable(text, context, findings)]
  }
  const nodes = root.type === 'array' ? (root.children ?? []) : [root]
  if (nodes.length === 0 || nodes.length > documentsMax) {
    const sentence = `the delivery holds ${nodes.length} documents: send between 1 and ${documentsMax}`
    const place = { offset: root.offset, path: '' }
    return [unreadable(text, context, [reading.finding('json-document-count', sentence, place)])]
  }
  return nodes.map((node, index) =>
    readOne(reading, node, root.type === 'array' ? `/${index}` : ''),
  )
}

function syntaxFinding({ finding }: Reading, { error, offset }: ParseError): Finding {
  const name = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return finding('json-syntax', `not valid JSON here: ${name}`, { offset, path: '' })
}

function readOne(reading: Reading, node: Node, path: string): ReadDocument {
  const { text, context, finding } = reading
  const raw = text.slice(node.offset, node.offset + node.length)
  if (node.type !== 'object') {
    const sentence = 'a document is a JSON object with a `kind`: this is something else'
    const place = { offset: node.offset, path }
    return unreadable(raw, context, [finding('json-not-a-document', sentence, place)])
  }
  const stated = fieldsOf(JSON.parse(raw))
  const refusal =
    findRepeatedField(reading, node, path) ?? findForeignOwner(reading, { node, path, stated })
  if (refusal !== null) return unreadable(raw, context, [refusal])
  const parsed = TradeDocument.safeParse({ ...knownByConnection(context), ...stated })
  if (parsed.success) {
    return { document: parsed.data, findings: [], raw, deliveryKey: keyOf(raw, context) }
  }
  const findings = parsed.error.issues.slice(0, findingsMax).map((issue) => {
    const steps = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    const name = steps.join('/')
    const place = { offset: nearestNode(node, steps).offset, path: `${path}/${name}` }
    return finding('json-field', `${name === '' ? 'document' : name}: ${issue.message}`, place)
  })
  return unreadable(raw, context, findings)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

// JSON parsers take the last of two fields of one name, people read the first: such a document says two things.
function findRepeatedField(reading: Reading, node: Node, path: string): Finding | null {
  const names = new Set<string>()
  for (const child of node.children ?? []) {
    const [key, value] = child.type === 'property' ? (child.children ?? []) : []
    const name = child.type === 'property' ? String(key?.value) : null
    if (name !== null && names.has(name)) {
      const sentence = `\`${name}\` is given twice: say which of the two is meant`
      const place = { offset: child.offset, path: `${path}/${name}` }
      return reading.finding('json-repeated-field', sentence, place)
    }
    if (name !== null) names.add(name)
    const inner = name === null ? child : value
    if (inner === undefined || inner.children === undefined) continue
    const found = findRepeatedField(reading, inner, name === null ? path : `${path}/${name}`)
    if (found !== null) return found
  }
  return null
}

// A connection may only deliver for its own tenant, and a supplier's connection only for that supplier.
function findForeignOwner(
  { context, finding }: Reading,
  {
    node,
    path,
    stated,
  }: {
    readonly node: Node
    readonly path: string
    readonly stated: Readonly<Record<string, unknown>>
  },
): Finding | null {
  const { buyerOrganisation: _checkedByTheRuntime, ...owners } = knownByConnection(context)
  for (const [field, known] of Object.entries(owners)) {
    if (stated[field] === undefined || stated[field] === known) continue
    const sentence = `\`${field}\` is not the one this connection delivers for: leave it out or send it on the right connection`
    const offset = (findNodeAtLocation(node, [field]) ?? node).offset
    return finding('json-foreign-owner', sentence, { offset, path: `${path}/${field}` })
  }
  return null
}

function knownByConnection(context: ReadContext): Readonly<Record<string, string>> {
  return {
    tenant: context.tenant,
    buyerOrganisation: context.buyerOrganisation,
    ...(context.supplier === undefined ? {} : { supplier: context.supplier }),
  }
}

function nearestNode(node: Node, steps: readonly (string | number)[]): Node {
  for (let length = steps.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(node, steps.slice(0, length))
    if (found !== undefined) return found
  }
  return node
}

function unreadable(raw: string, context: ReadContext, findings: readonly Finding[]): ReadDocument {
  return { document: null, findings, raw, deliveryKey: keyOf(raw, context) }
}

function keyOf(raw: string, { connection }: ReadContext): string {
  return `${connection}/${sha256Hex(raw)}`
}

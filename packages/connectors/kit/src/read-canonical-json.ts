import {
  type DocumentReader,
  type Finding,
  type FindingPosition,
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

const charactersMax = 32_000_000
const depthMax = 64
const documentsMax = 10_000
const findingsMax = 50

/**
 * Reads canonical documents written as JSON: one object, or an array of them. This is the API channel, and the form
 * `counterfoil read` prints. Header fields the connection knows (tenant, buyer organisation, supplier) may be left out.
 */
export function createCanonicalJsonReader(): DocumentReader {
  return {
    format: 'api',
    recognises: (text) => /^\uFEFF?\s*[[{]/.test(text),
    read: readCanonicalJson,
  }
}

function readCanonicalJson(text: string, context: ReadContext): readonly ReadDocument[] {
  const tooBig = refuseOversize(text)
  if (tooBig) return [unreadable(text, context, [tooBig])]
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true })
  if (!root || errors.length > 0) {
    return [
      unreadable(
        text,
        context,
        errors.slice(0, findingsMax).map((error) => describeSyntax(text, error)),
      ),
    ]
  }
  const nodes = root.type === 'array' ? (root.children ?? []) : [root]
  if (nodes.length === 0 || nodes.length > documentsMax) {
    const sentence = `the delivery holds ${nodes.length} documents: send between 1 and ${documentsMax}`
    return [
      unreadable(text, context, [
        findingAt(text, root.offset, '', 'json-document-count', sentence),
      ]),
    ]
  }
  return nodes.map((node, index) =>
    readOne(text, node, root.type === 'array' ? `/${index}` : '', context),
  )
}

function readOne(text: string, node: Node, path: string, context: ReadContext): ReadDocument {
  const raw = text.slice(node.offset, node.offset + node.length)
  const value: unknown = JSON.parse(raw)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const sentence = 'a document is a JSON object with a `kind`: this is something else'
    return unreadable(raw, context, [
      findingAt(text, node.offset, path, 'json-not-a-document', sentence),
    ])
  }
  const foreign = refuseForeignTenant(text, node, path, value, context)
  if (foreign) return unreadable(raw, context, [foreign])
  const parsed = TradeDocument.safeParse({ ...knownByConnection(context), ...value })
  if (!parsed.success) {
    const findings = parsed.error.issues.slice(0, findingsMax).map((issue) => {
      const steps = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
      const place = nearestNode(node, steps)
      return findingAt(
        text,
        place.offset,
        `${path}/${steps.join('/')}`,
        'json-field',
        `${steps.join('/') || 'document'}: ${issue.message}`,
      )
    })
    return unreadable(raw, context, findings)
  }
  return { document: parsed.data, findings: [], raw, deliveryKey: keyOf(raw, context) }
}

function knownByConnection(context: ReadContext): Record<string, string> {
  return {
    tenant: context.tenant,
    buyerOrganisation: context.buyerOrganisation,
    ...(context.supplier === undefined ? {} : { supplier: context.supplier }),
  }
}

// A connection may only deliver for its own tenant, and a supplier's connection only for that supplier.
function refuseForeignTenant(
  text: string,
  node: Node,
  path: string,
  value: object,
  context: ReadContext,
): Finding | null {
  for (const [field, known] of Object.entries(knownByConnection(context))) {
    if (field === 'buyerOrganisation') continue
    const stated: unknown = Reflect.get(value, field)
    if (stated !== undefined && stated !== known) {
      const place = findNodeAtLocation(node, [field]) ?? node
      return findingAt(
        text,
        place.offset,
        `${path}/${field}`,
        'json-foreign-owner',
        `${field} is not the one this connection delivers for: leave it out or send it on the right connection`,
      )
    }
  }
  return null
}

function nearestNode(node: Node, steps: readonly (string | number)[]): Node {
  for (let length = steps.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(node, steps.slice(0, length))
    if (found) return found
  }
  return node
}

// Depth is bounded before parsing: a deeply nested text can be parsed but never written again.
function refuseOversize(text: string): Finding | null {
  if (text.length > charactersMax) {
    return findingAt(
      text,
      0,
      '',
      'json-too-large',
      `the text has ${text.length} characters, at most ${charactersMax} are read: split the delivery`,
    )
  }
  let depth = 0
  let inString = false
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset]
    if (inString) {
      if (character === '\\') offset += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      depth += 1
      if (depth > depthMax)
        return findingAt(
          text,
          offset,
          '',
          'json-too-deep',
          `nested deeper than ${depthMax}: no trade document is`,
        )
    } else if (character === '}' || character === ']') depth -= 1
  }
  return null
}

function describeSyntax(text: string, error: ParseError): Finding {
  const name = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return findingAt(text, error.offset, '', 'json-syntax', `not valid JSON here: ${name}`)
}

function findingAt(
  text: string,
  offset: number,
  path: string,
  rule: string,
  sentence: string,
): Finding {
  return {
    rule,
    severity: 'error',
    position: positionAt(text, offset, path),
    excerpt: text.slice(offset, offset + 80),
    sentence: sentence.slice(0, 600),
  }
}

function positionAt(text: string, offset: number, path: string): FindingPosition {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { offset, line, column: offset - before.lastIndexOf('\n'), path: path.slice(0, 300) }
}

function unreadable(raw: string, context: ReadContext, findings: readonly Finding[]): ReadDocument {
  return { document: null, findings, raw, deliveryKey: keyOf(raw, context) }
}

function keyOf(raw: string, context: ReadContext): string {
  return `${context.connection}/${sha256Hex(raw)}`
}

import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { createCanonicalJsonReader } from '@counterfoil/connector-kit'
import { createUblReader } from '@counterfoil/connector-ubl'
import { createX12Reader } from '@counterfoil/connector-x12'
import {
  CounterfoilError,
  type DocumentReader,
  type Finding,
  isCurrency,
  isTimeZone,
  type ReadContext,
  type ReadDocument,
} from '@counterfoil/core'
import { decodeFile } from '../read/decode-file.ts'

const readers: readonly DocumentReader[] = [
  createX12Reader(),
  createUblReader(),
  createCanonicalJsonReader(),
]

type Write = (line: string) => void

/**
 * `counterfoil read FILE...`: prints each document of each file as canonical JSON; `-` is the standard input. A document
 * that cannot be read gives its findings instead, each with its place, and the command then ends with 1. What is odd
 * about a document that can be read goes to the standard error: warnings always, notes with `--findings`.
 */
export async function readCommand(
  args: readonly string[],
  out: Write,
  warn: Write,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tenant: { type: 'string' },
      buyer: { type: 'string', default: 'buyer' },
      supplier: { type: 'string' },
      connection: { type: 'string', default: 'command-line' },
      'time-zone': { type: 'string', default: 'UTC' },
      currency: { type: 'string' },
      findings: { type: 'boolean', default: false },
    },
  })
  if (positionals.length === 0) {
    warn('read: name at least one file, or `-` for the standard input')
    return 2
  }
  const context = contextOf(values)
  let unreadable = 0
  for (const path of positionals) {
    const documents = await readOne(path, context, warn)
    if (documents === null) unreadable += 1
    for (const read of documents ?? []) {
      if (read.document === null) unreadable += 1
      print({ path, read, withNotes: values.findings }, out, warn)
    }
  }
  return unreadable > 0 ? 1 : 0
}

type Options = {
  readonly tenant?: string | undefined
  readonly buyer: string
  readonly supplier?: string | undefined
  readonly connection: string
  readonly 'time-zone': string
  readonly currency?: string | undefined
}

/** What a reader is told, but for a tenant that only the document knows. */
type CommandContext = Omit<ReadContext, 'tenant'> & { readonly tenant: string | undefined }

function contextOf(options: Options): CommandContext {
  const { tenant, buyer, supplier, connection, 'time-zone': timeZone, currency } = options
  if (!isTimeZone(timeZone)) {
    throw new CounterfoilError(
      'TIME_ZONE_UNKNOWN',
      `\`${timeZone}\` is no time zone: name one as in \`Europe/Oslo\``,
    )
  }
  if (currency !== undefined && !isCurrency(currency)) {
    throw new CounterfoilError(
      'CURRENCY_UNKNOWN',
      `\`${currency}\` is no currency: name one as in \`EUR\``,
    )
  }
  return {
    tenant,
    buyerOrganisation: buyer,
    connection,
    timeZone,
    ...(supplier === undefined ? {} : { supplier }),
    ...(currency === undefined ? {} : { currency }),
  }
}

/** The documents of one file; null where it cannot be opened, or nobody can say what it is. */
async function readOne(
  path: string,
  context: CommandContext,
  warn: Write,
): Promise<readonly ReadDocument[] | null> {
  const bytes = await bytesOf(path, warn)
  if (bytes === null) return null
  const { text, assumed } = decodeFile(bytes)
  if (assumed !== null) warn(`${path}: the file is not UTF-8 and is read as ${assumed}`)
  const reader = readers.find((candidate) => candidate.recognises(text))
  if (reader !== undefined) {
    return reader.read(text, { ...context, tenant: context.tenant ?? tenantIn(text) ?? 'tenant' })
  }
  warn(`${path}:1:1: neither X12 nor XML nor JSON: X12, UBL and canonical JSON are read`)
  return null
}

/** The tenant that canonical JSON names itself: a connection has one of its own, a file on a desk has none. */
function tenantIn(text: string): string | undefined {
  if (!/^\uFEFF?\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    const first: unknown = Array.isArray(value) ? value[0] : value
    const tenant: unknown =
      typeof first === 'object' && first !== null ? Reflect.get(first, 'tenant') : undefined
    return typeof tenant === 'string' && tenant.trim() !== '' ? tenant : undefined
  } catch {
    return undefined
  }
}

async function bytesOf(path: string, warn: Write): Promise<Uint8Array | null> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path)
  } catch (error) {
    warn(`${path}: cannot be opened: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

type Printed = { readonly path: string; readonly read: ReadDocument; readonly withNotes: boolean }

function print({ path, read, withNotes }: Printed, out: Write, warn: Write): void {
  const { document, findings } = read
  if (document !== null) out(JSON.stringify(document, null, 2))
  const write = document === null ? out : warn
  for (const finding of findings) {
    if (withNotes || finding.severity !== 'info') write(describeFinding(path, finding))
  }
}

/** `order.xml:12:5: error ubl-quantity-missing at /Order/OrderLine: what is wrong`, and below it what stands there. */
function describeFinding(path: string, finding: Finding): string {
  const { line, column, path: place } = finding.position
  const at = place === '' ? '' : ` at ${place}`
  const shown = finding.excerpt.replace(/\s+/g, ' ').trim()
  const head = `${path}:${line}:${column}: ${finding.severity} ${finding.rule}${at}: ${finding.sentence}`
  return shown === '' ? head : `${head}\n    ${shown}`
}

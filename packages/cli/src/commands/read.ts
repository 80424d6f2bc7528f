import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createCanonicalJsonReader } from '@counterfoil/connector-kit'
import { createUblReader } from '@counterfoil/connector-ubl'
import { createX12Reader } from '@counterfoil/connector-x12'
import type { DocumentReader, Finding, ReadDocument } from '@counterfoil/core'

const readers: readonly DocumentReader[] = [createX12Reader(), createUblReader(), createCanonicalJsonReader()]

/**
 * `counterfoil read FILE...`: prints each document of each file as canonical JSON; findings go beside it. Ends with 1
 * when any document could not be read.
 */
export async function readCommand(args: readonly string[], out: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tenant: { type: 'string', default: 'tenant' },
      buyer: { type: 'string', default: 'buyer' },
      supplier: { type: 'string' },
      'time-zone': { type: 'string', default: 'UTC' },
      findings: { type: 'boolean', default: false },
    },
  })
  if (positionals.length === 0) {
    out('read: name at least one file')
    return 2
  }
  let unreadable = 0
  for (const path of positionals) {
    const text = await readFile(path, 'utf8')
    const reader = readers.find((candidate) => candidate.recognises(text))
    if (!reader) {
      out(`${path}: no reader recognises this file: X12, UBL and canonical JSON are read`)
      unreadable += 1
      continue
    }
    const read = reader.read(text, {
      tenant: values.tenant,
      buyerOrganisation: values.buyer,
      ...(values.supplier === undefined ? {} : { supplier: values.supplier }),
      connection: 'command-line',
      timeZone: values['time-zone'],
    })
    for (const document of read) print(path, document, values.findings, out)
    unreadable += read.filter((document) => document.document === null).length
  }
  return unreadable > 0 ? 1 : 0
}

function print(path: string, read: ReadDocument, withFindings: boolean, out: (line: string) => void): void {
  if (read.document) out(JSON.stringify(read.document, null, 2))
  if (withFindings || !read.document) for (const finding of read.findings) out(describeFinding(path, finding))
}

function describeFinding(path: string, finding: Finding): string {
  const { line, column, path: place } = finding.position
  return `${path}:${line}:${column} ${finding.severity} ${finding.rule} ${place}: ${finding.sentence} [${finding.excerpt.trim()}]`
}

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuditRecord, chainAudit, systemActor } from '@counterfoil/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  )

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-readme-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a session of the README: the line behind the dollar, and what it shows below. */
const check = (session: string): void => {
  const [command = '', ...shown] = session.trimEnd().split('\n')
  const args = command.replace('$ counterfoil ', '').split(' ')
  const { stdout } = spawnSync(
    process.execPath,
    ['--conditions=@counterfoil/source', join(import.meta.dirname, 'counterfoil.ts'), ...args],
    { cwd: folder, encoding: 'utf8' },
  )
  expect(stdout.trimEnd()).toBe(shown.join('\n'))
}

describe('the README', () => {
  const [order = ''] = blocks('xml')
  const [forgotten = '', mended = '', audit = ''] = blocks('console')

  it('shows what is said of an order without a quantity', () => {
    writeFileSync(join(folder, 'order.xml'), order)
    check(forgotten)
  })

  it('shows the order as canonical JSON once the quantity is in its place', () => {
    const quantity = '<cbc:Quantity unitCode="EA">10</cbc:Quantity>'
    writeFileSync(
      join(folder, 'order.xml'),
      order.replace('</cbc:ID>\n      <cac:Item>', `</cbc:ID>${quantity}\n      <cac:Item>`),
    )
    check(mended)
  })

  it('shows what is said of an audit entry that was changed', () => {
    const record: AuditRecord = {
      at: '2026-12-01T08:00:00Z' as AuditRecord['at'],
      actor: systemActor,
      object: 'invoice:acme/0001/S100/INV-1/standard',
      event: 'invoice.released',
      eventId: 'delivery-1#1',
      from: 'matching',
      to: 'released',
      reason: null,
      policy: [],
      inputHash: 'a'.repeat(64),
    }
    const entries = chainAudit([record, { ...record, eventId: 'delivery-1#2' }], {
      aggregate: 'invoice:acme/0001/S100/INV-1/standard',
      sequence: 0,
      previousHash: null,
    }).map((entry) => JSON.stringify(entry).replace('"delivery-1#2"', '"delivery-9#9"'))
    writeFileSync(join(folder, 'audit.jsonl'), entries.join('\n'))
    check(audit)
  })
})

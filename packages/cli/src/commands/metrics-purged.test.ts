import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInsight, followBooks, metricDefinitions, takeArchive } from '@counterfoil/insight'
import { instant } from '@counterfoil/core'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { liveClosedBooks, privateKey } from '../retention/closed-books.examples.ts'
import { metricsCommand } from './metrics.ts'
import { retentionCommand } from './retention.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-metrics-purged-'))
const file = join(folder, 'books.sqlite')
const archive = join(folder, 'archive-1.jsonl')
const key = join(folder, 'key.pem')
const rules = join(folder, 'retention.json')
writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }))
writeFileSync(
  rules,
  '{ "days": { "order": 365, "shipment": 365, "invoice": 365 }, "legalHold": [] }',
)
await liveClosedBooks(createSqliteStore({ file }))

const now = instant('2022-06-01T08:00:00Z')

async function metrics(...args: readonly string[]) {
  const lines: string[] = []
  await metricsCommand(
    ['--store', file, '--tenant', 'acme', '--at', now, '--orders', ...args],
    (line) => lines.push(line),
  )
  return lines
}

const before = await metrics()
const followed = createInsight()
const reader = createSqliteStore({ file, readOnly: true })
const cursor = await followBooks(followed, { store: reader, tenant: 'acme' })
await reader.close()
const purging = ['--store', file, '--tenant', 'acme', '--rules', rules, '--purge']
const signing = ['--sign', key, '--key-id', '2026', '--by', 'office', '--because', 'old enough']
await retentionCommand([...purging, '--archive', archive, ...signing], () => undefined)

describe('the metrics of books of which orders were purged (R-126)', () => {
  it('lose what was purged where nobody gives its archive', async () => {
    expect(before.join('\n')).toContain('acme/0001/4711')
    expect((await metrics()).join('\n')).not.toContain('acme/0001/4711')
  })

  it('are the same to the digit with the archive', async () => {
    expect(await metrics('--archive', archive)).toEqual(before)
  })

  it('are the same for whoever follows the books on, and for whoever begins with what was kept', async () => {
    const store = createSqliteStore({ file, readOnly: true })
    await followBooks(followed, { store, tenant: 'acme', cursor })
    const kept = JSON.parse(JSON.stringify(followed.kept()))
    const begun = createInsight(kept)
    await followBooks(begun, { store, tenant: 'acme' })
    const archived = createInsight()
    const lines = readFileSync(archive, 'utf8').split('\n')
    expect(await takeArchive(archived, lines)).toEqual({ tenant: 'acme', aggregates: 3 })
    await followBooks(archived, { store, tenant: 'acme' })
    await store.close()
    for (const { name: metric } of metricDefinitions) {
      const request = { tenant: 'acme', metric, now, by: ['supplier', 'week'] as const }
      expect(begun.read(request)).toEqual(archived.read(request))
      expect(followed.read(request)).toEqual(archived.read(request))
    }
  })
})

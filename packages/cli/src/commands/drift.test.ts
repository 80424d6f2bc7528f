import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anOrderLine, aPurchaseOrder } from '@counterfoil/core/examples'
import { erpWmsFinance } from '@counterfoil/core/system-of-record'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, createVirtualClock } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { canonicalOf, readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'
import { driftCommand } from './drift.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-drift-'))
const store = join(folder, 'books.sqlite')

const runtime = createRuntime({
  store: createSqliteStore({ file: store }),
  policies: createPolicySource(canonicalOf(readyMadeRuleSets())),
  connectors: [],
  clock: createVirtualClock('2026-11-20T09:00:00Z'),
  contracts: () => erpWmsFinance,
})
const at = (amount: string, version: number) =>
  aPurchaseOrder({
    version,
    lines: [
      anOrderLine({
        price: { amount, perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      }),
    ],
  })
for (const [connection, document] of [
  ['erp', at('12.40', 1)],
  ['wms', at('12.90', 2)],
] as const) {
  const header = { tenant: 'acme', buyerOrganisation: '0001', timeZone: 'UTC', connection }
  await runtime.receive({ ...header, document })
}
await runtime.close()

async function drift(...args: readonly string[]) {
  const lines: string[] = []
  const code = await driftCommand(args, (line) => lines.push(line))
  return { code, lines }
}

function asFile(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const master = {
  id: 'acme-master',
  version: '1',
  suppliers: [{ supplier: 'S100', name: 'Nordlicht', aliases: [], status: 'active', holds: [] }],
  items: [],
  unitConversions: [],
  unitAliases: [],
  prices: [],
  paymentTerms: [],
  taxRates: [],
}

describe('counterfoil drift (R-105)', () => {
  it('lists what a system says otherwise, as the README shows', async () => {
    const { code, lines } = await drift('--store', store, '--tenant', 'acme')
    expect(lines).toEqual([
      'purchase-order 4711 lines/1/price/amount: 12.40 here, 12.90 in wms (erp owns it, exception, since 2026-11-20T08:00:00Z)',
    ])
    expect(code).toBe(1)
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    expect(readme).toContain(
      `$ counterfoil drift --store books.sqlite --tenant acme\n${lines.join('\n')}\n`,
    )
  })

  it('looks at some of it, and says when there is none', async () => {
    const some = ['--store', store, '--tenant', 'acme']
    expect(await drift(...some, '--owner', 'erp', '--policy', 'exception')).toMatchObject({
      code: 1,
    })
    expect(await drift(...some, '--owner', 'wms')).toEqual({ code: 0, lines: ['nothing differs'] })
    await expect(drift(...some, '--policy', 'ignore')).rejects.toThrow(
      'there is no policy `ignore`',
    )
  })

  it('compares two files of master data', async () => {
    const ours = asFile('ours.json', master)
    const theirs = asFile('theirs.json', {
      ...master,
      suppliers: [{ ...master.suppliers[0], status: 'blocked' }],
    })
    const { lines } = await drift(
      '--ours',
      ours,
      '--theirs',
      theirs,
      '--at',
      '2026-11-28T08:00:00Z',
    )
    expect(lines).toEqual([
      'supplier S100/ status: active here, blocked in erp (erp owns it, exception, since 2026-11-28T08:00:00Z)',
    ])
  })

  it('refuses a broken file with the place', async () => {
    const broken = asFile('broken.json', { ...master, suppliers: [{ supplier: 'S100' }] })
    await expect(drift('--ours', broken, '--theirs', broken)).rejects.toThrow(
      'at `/suppliers/0/name`',
    )
  })
})

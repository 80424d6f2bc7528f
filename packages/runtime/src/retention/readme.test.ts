import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyEd25519 } from '../audit-keys.ts'
import { live, whole } from '../conformance/closed-orders.ts'
import { aWorld, signer } from './closed-orders.examples.ts'

// #region readme
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { aggregateText } from '@counterfoil/runtime'
import {
  purge,
  type PurgePlace,
  RetentionRules,
  reviewRetention,
} from '@counterfoil/runtime/retention'

const rules = RetentionRules.parse({
  days: { order: 365, shipment: 365, invoice: 365 },
  legalHold: ['order:acme/0001/2'],
})

/** Says what stays and why, archives what may go, and purges it. */
const letGo = async (books: PurgePlace, file: string): Promise<readonly string[]> => {
  const said: string[] = []
  for await (const { stays } of reviewRetention(books, { tenant: 'acme', rules })) {
    said.push(...stays.map((one) => `${aggregateText(one.reference)} stays: ${one.sentence}`))
  }
  const archive = await open(file, 'wx')
  const { purged } = await purge(books, {
    tenant: 'acme',
    rules,
    archive: {
      write: (line) => archive.appendFile(line),
      sync: () => archive.sync(),
      read: () => createReadStream(file, 'utf8'),
    },
    actor: { kind: 'system', id: 'records-office', roles: [] },
    because: 'kept for a year',
  })
  await archive.close()
  return [...said, ...purged.map((one) => `${aggregateText(one)} is in the archive`)]
}
// #endregion

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const readme = read('../../README.md')
const folder = mkdtempSync(join(tmpdir(), 'counterfoil-retention-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the README on retention', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example gives of two orders that were paid long ago', async () => {
    const { store, world } = aWorld()
    await live(world, [whole('1'), whole('2')])
    const file = join(folder, 'archive.jsonl')
    const lines = await letGo({ store, clock: world.clock, signer, verify: verifyEd25519 }, file)
    const shown = lines.filter((line) => !line.includes('no signed head speaks of yet'))
    expect(readme).toContain(`\`\`\`\n${shown.join('\n')}\n\`\`\``)
    expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(50)
  })
})

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, messageData } from '@counterfoil/core'
import { inForceOf, type Registry } from '@counterfoil/rules/node'
import type { Runtime } from '@counterfoil/runtime'
import { tenant } from './distributor.ts'
import { allRows } from './summary/table.ts'

/**
 * Where other versions are in force than in the last run, tells every invoice on hold, so that it is matched again under
 * the rules as they are now. Answers how many effects that had.
 */
export async function tellPolicy(
  runtime: Runtime,
  folder: string,
  ruleSets: Registry,
): Promise<number> {
  const references = inForceOf(ruleSets).map(({ reference }) => reference)
  const inForce = hashOf(references)
  const file = join(folder, 'rule-sets.txt')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : inForce
  writeFileSync(file, inForce)
  if (before === inForce) return 0
  console.log('  another rule set is in force: invoices on hold are matched again')
  const held = await allRows((cursor) =>
    runtime.queries.invoices({
      tenant,
      state: 'on-hold',
      ...(cursor === undefined ? {} : { cursor }),
    }),
  )
  for (const { invoiceKey } of held) {
    await runtime.act({
      tenant,
      actor: { kind: 'system', id: 'rule-sets', roles: [] },
      idempotencyKey: `policy/${before}/${inForce}/${invoiceKey}`,
      aggregate: { kind: 'invoice', key: invoiceKey },
      type: 'policy.changed',
      data: messageData({ references }),
      expectedVersion: null,
    })
  }
  const report = await runtime.tick()
  return report.effectsDelivered
}

import { hashOf, messageData, type PolicyReference } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { tenant } from './distributor.ts'
import { loadRuleSets } from './load-rule-sets.ts'

/**
 * Tells every open invoice which rule sets are in force. Nothing happens unless a rule set was edited since the last run;
 * then held invoices are matched again under the new one. Answers how many effects that had.
 */
export async function tellPolicy(runtime: Runtime): Promise<number> {
  const references: readonly PolicyReference[] = loadRuleSets().map(({ reference }) => reference)
  const inForce = hashOf(references)
  for (let cursor: string | undefined, isMore = true; isMore;) {
    const page = await runtime.queries.invoices({
      tenant,
      open: true,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const { invoiceKey } of page.rows) {
      await runtime.act({
        tenant,
        actor: { kind: 'system', id: 'rule-sets', roles: [] },
        idempotencyKey: `policy/${inForce}/${invoiceKey}`,
        aggregate: { kind: 'invoice', key: invoiceKey },
        type: 'policy.changed',
        data: messageData({ references }),
        expectedVersion: null,
      })
    }
    cursor = page.cursor ?? undefined
    isMore = page.cursor !== null
  }
  const report = await runtime.tick()
  return report.effectsDelivered
}

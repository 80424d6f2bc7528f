import type { TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, createVirtualClock, type Store } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

/** The rules of these books: the canonical ones, and approvals for prices that are too high. */
export const ruleSets = readyMadeRuleSets().filter(
  ({ ruleSet: { id } }) => id.startsWith('canonical-') || id === 'price-approval',
)

const [order, acknowledgment, shipNotice, receipt, invoice] = wholeLife().map((document) =>
  JSON.stringify(document),
)

/** A document of the whole life of order 4711, with texts of it replaced. */
function like(text: string | undefined, replaced: Readonly<Record<string, string>>) {
  const document = Object.entries(replaced).reduce(
    (so, [one, other]) => so.replaceAll(one, other),
    text ?? '',
  )
  return JSON.parse(document) as TradeDocumentInput
}

/** S100 owes 4711, which is on its way, 4712, never confirmed, and 4713, of which 40 of 100 came and were billed too dear. */
const documents: readonly TradeDocumentInput[] = [
  like(order, {}),
  like(acknowledgment, {}),
  like(shipNotice, {}),
  like(order, { '"4711"': '"4712"', '"2026-11-27"': '"2026-12-04"' }),
  like(order, { '"4711"': '"4713"', '"quantityOrdered":"10"': '"quantityOrdered":"100"' }),
  like(receipt, {
    '"4711"': '"4713"',
    '"GR-1"': '"GR-3"',
    '"shipNoticeNumber":"ASN-1",': '',
    '"quantity":"10"': '"quantity":"40"',
  }),
  // 40 at 14.88 instead of 12.40.
  like(invoice, {
    '"4711"': '"4713"',
    '"INV-1"': '"INV-3"',
    '"quantity":"10"': '"quantity":"40"',
    '"124.00"': '"595.20"',
  }),
  like(order, { '"4711"': '"4720"', '"S100"': '"S200"' }),
]

/** Lives them in a store. */
export async function liveStruckBooks(store: Store): Promise<void> {
  const runtime = createRuntime({
    store,
    policies: createPolicySource(ruleSets),
    connectors: [],
    clock: createVirtualClock('2026-11-26T09:00:00Z'),
  })
  for (const document of documents) {
    await runtime.receive({
      tenant: 'acme',
      buyerOrganisation: '0001',
      connection: 'portal',
      timeZone: 'Europe/Berlin',
      document,
    })
    await runtime.tick()
  }
  await runtime.close()
}

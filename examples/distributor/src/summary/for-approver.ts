import { invoiceKey, type Approval, type InvoiceState } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading, localTime, moneyText, table } from './table.ts'

/** How an invoice above the buyer's limit was approved: who was asked, who was called, who answered, and for whom. */
export async function printForApprover({ queries }: Runtime): Promise<void> {
  const key = invoiceKey({
    tenant,
    buyerOrganisation,
    supplier: 'V-140',
    documentNumber: approvedInvoice,
    invoiceType: 'standard',
  })
  const reference = { kind: 'invoice', key } as const
  const detail = await queries.aggregate({ tenant, reference })
  if (detail === null) return
  const { facts } = detail.state as InvoiceState
  const { rows: events } = await queries.events({ tenant, aggregate: reference, limit: 500 })
  const escalated = events.find(({ type }) => type === 'approval.escalated')
  for (const approval of facts.approvals) {
    console.log(heading(`Approval: invoice ${approvedInvoice}, ${approval.state}`))
    console.log(table(stepsOf(approval, escalated?.receivedAt)))
  }
  console.log(`released ${moneyText(facts.released?.payable ?? null)}`)
}

/** The invoice whose price somebody signed for. */
const approvedInvoice = 'INV-0057'

function stepsOf(
  { requestedAt, exposure, approverRole, policy, progress }: Approval,
  escalatedAt: string | undefined,
): readonly (readonly string[])[] {
  const because = policy?.because.join('; ') ?? 'no rule says why'
  const called = progress?.escalatedTo ?? []
  return [
    [localTime(requestedAt), `${approverRole} is asked over ${moneyText(exposure)}: ${because}`],
    ...(escalatedAt === undefined
      ? []
      : [[localTime(escalatedAt), `nobody answered in time, ${called.join(', ')} is called`]]),
    ...(progress?.answers ?? []).map(
      ({ at, by, answer, asRole, onBehalfOf, authority, reason }) => [
        localTime(at),
        [
          `${by} (${asRole}${onBehalfOf === undefined ? '' : `, on behalf of ${onBehalfOf}`}): ${answer}, ${reason ?? 'for no reason given'}`,
          ...(authority === undefined ? [] : [authority.because]),
        ].join('; '),
      ],
    ),
  ]
}

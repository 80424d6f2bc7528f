import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  agreementKey,
  disputeBalance,
  invoiceKey,
  type InvoiceState,
  orderKey,
  type OrderState,
} from '@counterfoil/core'
import { createRuntime, type Runtime } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyerOrganisation, tenant } from './distributor.ts'
import { openRuleSets } from './open-rule-sets.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'distributor-'))
let printed = ''
let runtime: Runtime

beforeAll(async () => {
  const told = await promisify(execFile)(process.execPath, [
    '--conditions=@counterfoil/source',
    main,
    '--once',
    '--data',
    folder,
  ])
  printed = told.stdout
  runtime = createRuntime({
    store: createSqliteStore({ file: join(folder, 'distributor.sqlite') }),
    policies: openRuleSets().source,
    connectors: [],
  })
}, 240_000)

afterAll(async () => {
  await runtime.close()
  rmSync(folder, { recursive: true, force: true })
})

const usd = (amount: string) => ({ amount, currency: 'USD' })

const invoiceKeyOf = (supplier: string, documentNumber: string): string =>
  invoiceKey({ tenant, buyerOrganisation, supplier, documentNumber, invoiceType: 'standard' })

async function invoiceOf(supplier: string, documentNumber: string): Promise<InvoiceState['facts']> {
  const key = invoiceKeyOf(supplier, documentNumber)
  const detail = await runtime.queries.aggregate({ tenant, reference: { kind: 'invoice', key } })
  if (detail === null) throw new Error(`${documentNumber} did not come in`)
  return (detail.state as InvoiceState).facts
}

async function quantitiesOf(orderNumber: string) {
  const key = orderKey({ tenant, buyerOrganisation, orderNumber })
  const detail = await runtime.queries.aggregate({ tenant, reference: { kind: 'order', key } })
  return (detail?.state as OrderState | undefined)?.standing.lines[0]?.schedules[0]?.quantities
}

describe('the amounts of November, worked out by hand', () => {
  it('INV-0056: 40 chains at 31.25 for 25.00, 40 × 6.25 = 250.00 claimed, agreed and credited', async () => {
    const facts = await invoiceOf('V-134', 'INV-0056')
    const [dispute, ...more] = facts.disputes
    if (dispute === undefined) throw new Error('nothing was disputed')
    expect(more).toEqual([])
    expect(dispute.state).toBe('closed')
    expect(disputeBalance(facts, dispute)).toMatchObject({
      claimed: usd('250.00'),
      agreed: usd('250.00'),
      received: usd('250.00'),
      remaining: usd('0.00'),
    })
  })

  it('INV-0057: 100 anchors at 97.00 for 85.00, 100 × 12.00 = 1200.00 over, 9700.00 approved for Helen by Sam (R-30)', async () => {
    const { match, approvals, released } = await invoiceOf('V-140', 'INV-0057')
    expect(match?.result.checks.find(({ name }) => name === 'price')).toMatchObject({
      expected: '8500.00',
      actual: '9700.00',
      variance: '1200.00',
      within: false,
    })
    expect(approvals).toMatchObject([
      {
        state: 'approved',
        exposure: usd('9700.00'),
        policy: {
          reference: { ruleSet: 'harbor-pine-approval', version: '1.0.0' },
          firedRules: ['usd-variance-up-to-25000'],
        },
        progress: {
          escalatedTo: ['finance-director'],
          answers: [{ by: 'sam.ito', asRole: 'head-of-purchasing', onBehalfOf: 'helen.marsh' }],
        },
      },
    ])
    expect(released?.payable).toEqual(usd('9700.00'))
    // Tuesday 9:00 and a working day of nine hours is Wednesday 9:00; neither she who entered it nor the buyer may.
    expect(printed).toContain('2026-11-17 09:00  head-of-purchasing is asked over 9700.00 USD')
    expect(printed).toContain('buyer-approves-INV-0057: refused: `maria.ortiz` has none')
    expect(printed).toContain('enterer-approves-INV-0057: refused: `nora.lind` did `enter-invoice`')
  })

  it('BA-2601: 320, 280 and 240 boxes at 12.50 are 4000 + 3500 + 3000 = 10500, 500 beyond 10000, of 11000 since', async () => {
    const key = agreementKey({ tenant, buyerOrganisation, agreementNumber: 'BA-2601' })
    expect(await runtime.queries.agreement({ tenant, agreementKey: key })).toMatchObject({
      state: 'in-force',
      amountLimit: '11000.00',
      amountReleased: '10500',
      amountInvoiced: '10500',
      releases: ['4500061', '4500062', '4500063'],
    })
    expect(printed).toMatch(/BLANKET_AMOUNT_EXCEEDED: .*release 4500063.*: 500\.00 USD too much/)
    const payable = await Promise.all(
      ['INV-0061', 'INV-0062', 'INV-0063'].map((number) => invoiceOf('V-136', number)),
    )
    expect(payable.map(({ released }) => released?.payable)).toEqual([
      usd('4000.00'),
      usd('3500.00'),
      usd('3000.00'),
    ])
    // The third bill came on the 17th and was let go when the agreement was extended, on the 19th at eleven in the east.
    const third = invoiceKeyOf('V-136', 'INV-0063')
    const { rows } = await runtime.queries.events({
      tenant,
      aggregate: { kind: 'invoice', key: third },
      limit: 500,
    })
    const released = rows.filter(({ type }) => type === 'invoice.released')
    expect(released.map(({ receivedAt }) => receivedAt)).toEqual(['2026-11-19T16:00:00.000Z'])
  })

  it('4500049: 70 tarps ordered, received, accepted and billed at 6.60 are 462.00, which is paid', async () => {
    expect(await quantitiesOf('4500049')).toMatchObject({
      ordered: '70',
      received: '70',
      accepted: '70',
      rejectedByQuality: '0',
      invoiced: '70',
    })
    expect((await invoiceOf('V-135', 'INV-0049')).released?.payable).toEqual(usd('462.00'))
  })

  it('4500060: 50 tarps were billed at 12.00 and 45 accepted, so 5 × 12.00 = 60.00 keep 600.00 waiting', async () => {
    expect(await quantitiesOf('4500060')).toMatchObject({
      ordered: '50',
      received: '50',
      accepted: '45',
      rejectedByQuality: '5',
      invoiced: '50',
    })
    const { match, released } = await invoiceOf('V-135', 'INV-0060')
    expect(released).toBeNull()
    expect(match?.result.checks.find(({ name }) => name === 'quantity-accepted')).toMatchObject({
      expected: '45',
      actual: '50',
      variance: '5',
      varianceAmount: '60.00',
      within: false,
    })
  })

  it('the drill: 36 × 96.00 + 20 × 50.00 + 30 × 42.00 = 3456.00 + 1000.00 + 1260.00 = 5716.00 open, 9700.00 + 2320.00 = 12020.00 billed', async () => {
    expect(printed).toContain('order 4500054: 36 EA open, 3456.00 USD\n')
    // 60 were ordered and 40 came.
    expect(printed).toContain('order 4500058: 20 EA open, 1000.00 USD\n')
    expect(printed).toContain('order 4500059: 30 EA open, 1260.00 USD\n')
    expect(printed).toContain('orders 3, open 5716.00 USD; invoices 2, 12020.00 USD;')
    expect(printed).toContain('C-2207 Mystic Marina, order 4500058, 1000.00 USD\n')
    expect(printed).toContain('reroute to insolvency-desk: 1 applied, 0 changed since, 0 refused')
    expect(printed).toContain('reassign to insolvency-desk: 3 applied, 1 changed since, 0 refused')
    expect(printed).toMatch(/MISSING_ASN of order 4500059, .*: changed, it was changed since/)
    expect((await invoiceOf('V-140', 'INV-0058')).approvals).toMatchObject([
      {
        state: 'requested',
        approverRole: 'insolvency-desk',
        rerouted: [{ fromRole: 'head-of-purchasing', toRole: 'insolvency-desk', by: 'vera.cole' }],
      },
    ])
  })
})

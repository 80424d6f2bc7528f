import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calendarDate, messageData, orderKey, type Actor, type Money } from '@counterfoil/core'
import type { Runtime, Store } from '@counterfoil/runtime'
import {
  applySelection,
  type BulkChange,
  Disruption,
  previewChange,
  readSelection,
  reviewDisruption,
  type Selection,
  sumDisruption,
  type Touched,
} from '@counterfoil/runtime/disruption'
import { buyerOrganisation, supplierName, tenant } from './distributor.ts'
import { heading } from './summary/table.ts'

/** What is practised: the anchor maker is gone from tomorrow on, and nobody knows for how long. */
const supplier = 'V-140'
const today = calendarDate('2026-11-24')
const disruption = Disruption.parse({
  tenant,
  what: { kind: 'supplier', supplier },
  from: '2026-11-24',
  until: null,
  reason: 'drill: Noank Anchors files for insolvency',
})

const director: Actor = { kind: 'user', id: 'vera.cole', roles: ['finance-director'] }
const buyer: Actor = { kind: 'user', id: 'maria.ortiz', roles: ['buyer'] }
const toRole = 'insolvency-desk'

/**
 * The drill of the last evening: what the supplier's failing would touch, what would be given to others, looked at first
 * and then done as it was seen, but for what somebody changed in between. A selection is kept in `folder` once it was made:
 * another run applies the same again, which has no second effect. Answers how many effects it had.
 */
export async function holdDrill(
  runtime: Runtime,
  { store, folder }: { readonly store: Store; readonly folder: string },
): Promise<number> {
  console.log(heading(`Drill: ${supplierName(supplier)} fails`))
  for (const line of await touchedLines(store)) console.log(line)
  const approvals = await selectOnce(store, folder, { kind: 'reroute', toRole })
  await applyAndTell(runtime, approvals)
  const cases = await selectOnce(store, folder, { kind: 'reassign', toRole })
  await goOnWorking(runtime)
  await applyAndTell(runtime, cases)
  const { effectsDelivered } = await runtime.tick()
  return effectsDelivered
}

/** Between looking and doing somebody goes on working, so that one order is not any more as it was seen. */
async function goOnWorking(runtime: Runtime): Promise<void> {
  await runtime.act({
    tenant,
    actor: buyer,
    idempotencyKey: 'drill/note',
    aggregate: {
      kind: 'order',
      key: orderKey({ tenant, buyerOrganisation, orderNumber: '4500059' }),
    },
    type: 'note.recorded',
    data: messageData({ text: 'rang Noank: nobody picks up' }),
    expectedVersion: null,
  })
}

async function touchedLines(store: Store): Promise<readonly string[]> {
  const touched: Touched[] = []
  for await (const one of reviewDisruption(store, { disruption, today })) touched.push(one)
  const totals = sumDisruption(touched)
  return [
    ...touched.flatMap(linesOf),
    `orders ${totals.orders}, open ${sumText(totals.openValue)}; invoices ${totals.invoices}, ${sumText(totals.invoiced)}; open cases ${totals.openCases}; approvals ${totals.approvals}`,
    ...totals.customers.map(
      ({ customer, orderNumbers, openValue }) =>
        `waits for it: ${customer}, order ${orderNumbers.join(', ')}, ${sumText(openValue)}`,
    ),
  ]
}

function linesOf(touched: Touched): readonly string[] {
  switch (touched.kind) {
    case 'order':
      return touched.schedules.map(
        ({ open, unitOfMeasure, openValue }) =>
          `order ${touched.orderNumber}: ${open} ${unitOfMeasure} open, ${sumText(openValue === null ? [] : [openValue])}`,
      )
    case 'shipment':
      return [`shipment ${touched.shipNoticeNumber}: ${touched.state}`]
    case 'invoice':
      return [
        `invoice ${touched.invoiceNumber}: ${touched.state}, ${sumText(touched.total === null ? [] : [touched.total])}`,
      ]
  }
}

/** The selection of an earlier run, else one of what is seen now, kept for the next. */
async function selectOnce(store: Store, folder: string, change: BulkChange): Promise<Selection> {
  const file = join(folder, `drill-${change.kind}.json`)
  if (existsSync(file)) return readSelection(JSON.parse(readFileSync(file, 'utf8')))
  const selection = await previewChange(store, { disruption, today, change })
  writeFileSync(file, JSON.stringify(selection))
  return selection
}

async function applyAndTell(runtime: Runtime, selection: Selection): Promise<void> {
  const report = await applySelection(runtime, { selection, actor: director })
  const { kind } = selection.change
  console.log(
    `${kind} to ${toRole}: ${report.applied} applied, ${report.changed} changed since, ${report.refused} refused`,
  )
  for (const { what, fromRole, outcome, sentence } of report.items) {
    console.log(
      `  ${what}, from ${fromRole}: ${outcome}${sentence === null ? '' : `, ${sentence}`}`,
    )
  }
}

function sumText(amounts: readonly Money[]): string {
  return amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(', ') || 'nothing'
}

import { CalendarDate } from '../calendar/calendar-date.ts'
import type { RecordTerms, SystemOfRecordContract } from './contract.ts'

const asked = { by: 'write-back', expectedVersion: true } as const
const askedBlindly = { by: 'write-back', expectedVersion: false } as const
const never = { by: 'never', expectedVersion: false } as const

function owned(
  record: RecordTerms['record'],
  owner: string,
  terms: Partial<RecordTerms> = {},
): RecordTerms {
  return {
    record,
    owner,
    proposers: [],
    direction: 'in',
    writing: never,
    drift: 'exception',
    fields: [],
    ...terms,
  }
}

/**
 * The contract most distributors begin with: the ERP owns orders, articles, prices, stock and suppliers, the warehouse its
 * counts, the supplier its own papers, and finance what is booked and paid and to which account. Copy it, name your
 * connections, give it a version of your own.
 */
export const erpWmsFinance: SystemOfRecordContract = {
  id: 'erp-wms-finance',
  version: '1.0.0',
  title: 'ERP, warehouse and finance each own what they write; suppliers own their papers',
  effectiveFrom: CalendarDate.parse('2026-01-01'),
  systems: [
    { system: 'erp', title: 'The ERP', connections: ['erp', 'erp-*'] },
    { system: 'wms', title: 'The warehouse', connections: ['wms', 'wms-*'] },
    { system: 'finance', title: 'The ledger and payments', connections: ['finance', 'finance-*'] },
    {
      system: 'planning',
      title: 'Replenishment planning',
      connections: ['planning', 'planning-*'],
    },
    { system: 'supplier', title: 'Suppliers, by whatever channel', connections: ['*'] },
  ],
  records: [
    owned('purchase-agreement', 'erp', { proposers: ['buyer'], commands: ['agreement.issued'] }),
    owned('purchase-order', 'erp', {
      proposers: ['buyer', 'planner', 'supplier'],
      direction: 'both',
      writing: asked,
      writeBacks: ['order-version/*', 'confirmation/*'],
      commands: ['order.issued', 'order.imported'],
    }),
    owned('change-request', 'supplier', { createdBy: ['supplier', 'erp'], drift: 'report' }),
    owned('acknowledgment', 'supplier', { createdBy: ['supplier', 'erp'], drift: 'report' }),
    owned('ship-notice', 'supplier', { createdBy: ['supplier', 'wms'], drift: 'report' }),
    owned('milestone', 'supplier', { createdBy: ['supplier', 'wms'], drift: 'report' }),
    owned('receipt', 'wms', {
      proposers: ['receiver'],
      commands: ['receipt.recorded', 'goods.put-away'],
    }),
    owned('inspection', 'wms', { proposers: ['quality'], commands: ['inspection.recorded'] }),
    owned('stock', 'erp', {
      direction: 'out',
      writing: asked,
      writeBacks: ['inventory/*'],
    }),
    owned('plan', 'planning', {
      direction: 'out',
      writing: askedBlindly,
      drift: 'report',
      writeBacks: ['expected-receipts/*'],
      fields: [
        { path: 'labour', owner: 'wms', writeBacks: ['labour-expectation/*'] },
        { path: 'exposure', owner: 'finance', writeBacks: ['exposure/*'] },
      ],
    }),
    owned('invoice', 'supplier', { createdBy: ['supplier', 'finance', 'erp'] }),
    owned('payment', 'finance', {
      direction: 'both',
      writing: askedBlindly,
      writeBacks: [
        'invoice-release',
        'invoice-part-release',
        'invoice-withhold',
        'invoice-withdraw',
      ],
      commands: ['invoice.posted', 'invoice.reversed', 'payment.cleared', 'payment.reversed'],
    }),
    owned('supplier', 'erp', {
      fields: [
        { path: 'bankAccounts', owner: 'finance' },
        { path: 'holds', owner: 'finance', commands: ['supplier.changed'] },
      ],
    }),
    owned('item', 'erp', { fields: [{ path: 'shelfLifeDaysMin', owner: 'wms', drift: 'report' }] }),
    owned('unit', 'erp'),
    owned('price', 'erp'),
    owned('payment-terms', 'finance'),
    owned('tax-rate', 'finance'),
  ],
}

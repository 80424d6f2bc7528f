import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
} from '../acknowledgment/acknowledgment.examples.ts'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { instant } from '../calendar/instant.ts'
import type { TradeDocument } from '../document/document.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { erpWmsFinance } from '../system-of-record/erp-wms-finance.ts'
import { checkAgainstMaster } from './check-against-master.ts'
import { checkMasterFile } from './check-master-file.ts'
import { compareMasters } from './compare-masters.ts'
import { masterOf } from './master.ts'
import type { MasterFile } from './master-file.ts'
import { aMasterFile, aMasterItem, aMasterPrice, aMasterSupplier } from './masters.examples.ts'
import { withOwnSupplier } from './own-supplier.ts'

const day = (text: string): CalendarDate => CalendarDate.parse(text)

function findings(document: TradeDocument, file: MasterFile = aMasterFile()) {
  return checkAgainstMaster(masterOf(file), document)?.findings.map(
    ({ rule, severity, sentence }) => `${severity} ${rule}: ${sentence}`,
  )
}

describe('a look-up in the master (INV-24, R-63)', () => {
  const master = masterOf(
    aMasterFile({
      prices: [
        aMasterPrice({ effectiveTo: '2026-11-30' }),
        aMasterPrice({
          effectiveFrom: '2026-12-01',
          scales: [{ fromQuantity: '0', amount: '12.90' }],
        }),
      ],
      items: [
        aMasterItem(),
        aMasterItem({ effectiveFrom: '2026-12-01', stockUnit: 'XCS', aliases: ['OLD-1'] }),
      ],
    }),
  )
  const asked = { supplier: 'S100', item: 'SKU-1', currency: 'EUR' }

  it('is answered by the row in force on the day', () => {
    expect(master.price(asked, day('2026-11-30'))?.scales[0]?.amount).toBe('12.40')
    expect(master.price(asked, day('2026-12-01'))?.scales[0]?.amount).toBe('12.90')
  })

  it('is answered by the row that began last, where one without an end stands beside it', () => {
    expect(master.item({ buyerItem: 'SKU-1' } as never, day('2026-11-30'))?.stockUnit).toBe('EA')
    expect(master.item({ buyerItem: 'SKU-1' } as never, day('2026-12-01'))?.stockUnit).toBe('XCS')
  })

  it('finds an article by any of its numbers, and a supplier by its old one (R-45)', () => {
    const on = day('2026-11-20')
    const names = [{ buyerItem: 'OLD-1' }, { gtin: '04012345000023' }, { supplierItem: 'HB-8' }]
    expect(names.map((one) => master.item(one as never, on)?.item)).toEqual([
      'SKU-1',
      'SKU-1',
      'SKU-1',
    ])
    expect(master.supplier('90017', on)?.supplier).toBe('S100')
  })

  it("does not guess by a supplier's number that two articles have", () => {
    const two = masterOf(
      aMasterFile({
        items: [
          aMasterItem(),
          aMasterItem({ item: 'SKU-2', aliases: [], identifiers: { supplierItem: 'HB-8' } }),
        ],
      }),
    )
    expect(two.item({ supplierItem: 'HB-8' }, day('2026-11-20'))).toBeNull()
  })
})

describe('a file of master data', () => {
  it('names the place of what is wrong with it', () => {
    const broken = {
      ...aMasterFile(),
      items: [aMasterItem(), aMasterItem({ item: 'SKU-2', aliases: ['OLD-1'], identifiers: {} })],
      prices: [
        aMasterPrice({ effectiveFrom: '2026-01-01', effectiveTo: '2026-06-30' }),
        aMasterPrice({ effectiveFrom: '2026-06-30', item: 'SKU-1' }),
        aMasterPrice({
          item: 'SKU-9',
          scales: [
            { fromQuantity: '10', amount: '1' },
            { fromQuantity: '10', amount: '2' },
          ],
        }),
      ],
    }
    expect(
      checkMasterFile(broken).findings.map(({ rule, pointer }) => `${rule} ${pointer}`),
    ).toEqual([
      'rows-overlap /items/1',
      'rows-overlap /prices/1',
      'row-names-nothing /prices/2/item',
      'scales-do-not-rise /prices/2/scales/1',
    ])
    expect(checkMasterFile(broken).file).toBeNull()
    expect(checkMasterFile(aMasterFile()).findings).toEqual([])
  })
})

describe('an order beside the master of its day (R-50)', () => {
  it('that says what the master says has nothing against it, and what was looked up is told', () => {
    const check = checkAgainstMaster(masterOf(aMasterFile()), aPurchaseOrder())
    expect(check?.findings).toEqual([])
    expect(check?.lookUps.map(({ table, key, on, basis }) => [table, key, on, basis])).toEqual([
      ['supplier', 'S100', '2026-11-20', 'order-date'],
      ['item', 'buyer/SKU-1', '2026-11-20', 'order-date'],
      ['price', 'S100/SKU-1/EUR', '2026-11-20', 'order-date'],
    ])
    expect(check?.lookUps.every(({ row }) => row !== null)).toBe(true)
  })

  it('is answered to the byte alike, however often it is asked', () => {
    const ask = () => JSON.stringify(checkAgainstMaster(masterOf(aMasterFile()), aPurchaseOrder()))
    expect(ask()).toBe(ask())
  })

  it('of a supplier or an article nobody knows is found out', () => {
    const lines = [anOrderLine({ item: { buyerItem: 'SKU-9' } })]
    expect(findings(aPurchaseOrder({ supplier: 'S999', lines }))).toEqual([
      'error supplier-unknown: supplier `S999` is not in the master on 2026-11-20',
      'error item-unknown: line 1: article `SKU-9` is not in the master on 2026-11-20',
    ])
  })

  it('of what is blocked or given up is found out, with what to order instead', () => {
    const items = [
      aMasterItem({
        status: 'discontinued',
        substitutes: [
          { item: 'SKU-2', twoWay: false, effectiveFrom: '2026-11-01' },
          { item: 'SKU-3', twoWay: false, effectiveFrom: '2026-12-01' },
        ],
      }),
    ]
    const suppliers = [aMasterSupplier({ status: 'blocked' })]
    expect(findings(aPurchaseOrder(), aMasterFile({ items, suppliers }))).toEqual([
      'error supplier-blocked: supplier `S100` is blocked on 2026-11-20',
      'error item-discontinued: line 1: article `SKU-1` is discontinued on 2026-11-20; order `SKU-2` instead',
    ])
    expect(
      findings(aPurchaseOrder(), aMasterFile({ items: [aMasterItem({ status: 'blocked' })] })),
    ).toEqual(['error item-blocked: line 1: article `SKU-1` is blocked on 2026-11-20'])
  })

  it('in a unit that does not lead to the stock unit on that day is found out', () => {
    const [price] = [
      { amount: '148.80', perQuantity: '1', perUnitOfMeasure: 'XCS', priceType: 'firm' as const },
    ]
    const inCases = aPurchaseOrder({ lines: [anOrderLine({ unitOfMeasure: 'XCS', price })] })
    // A case of twelve at 12.40 a piece is 12 x 12.40 = 148.80.
    expect(findings(inCases)).toEqual([])
    const unitConversions = [
      { from: 'XCS', to: 'EA', numerator: '12', denominator: '1', effectiveFrom: '2026-11-21' },
    ]
    const later = aMasterFile({ items: [aMasterItem({ unitConversions })] })
    expect(findings(inCases, later)).toEqual([
      'error unit-unknown: line 1: article `SKU-1` has no way from XCS to its stock unit EA on 2026-11-20',
    ])
  })

  it('at another price is measured against the price of that day and quantity', () => {
    // From 10 pieces on a hundred cost 1,230.00, so one is 12.30; 12.40 - 12.30 = 0.10; 0.10 / 12.30 = 0.813 %.
    const prices = [
      aMasterPrice({
        perQuantity: '100',
        scales: [
          { fromQuantity: '0', amount: '1250.00' },
          { fromQuantity: '10', amount: '1230.00' },
          { fromQuantity: '11', amount: '1100.00' },
        ],
      }),
    ]
    const check = checkAgainstMaster(masterOf(aMasterFile({ prices })), aPurchaseOrder())
    expect(check?.findings).toMatchObject([
      {
        rule: 'price-differs',
        severity: 'warning',
        sentence: 'line 1: 12.40 EUR per 1 EA, and the price of 2026-11-20 is 12.300000',
        discrepancy: {
          kind: 'price-variance',
          expected: '12.300000',
          actual: '12.40',
          difference: '0.100000',
          percent: '0.813',
        },
      },
    ])
  })

  it('at a third of the price of a box of three is at the price, though a third is no decimal', () => {
    // A box of 3 costs 10.00; 30 pieces are 10 boxes; the price for 3 pieces is 10.00 exactly.
    const unitConversions = [{ from: 'XBX', to: 'EA', numerator: '3', denominator: '1' }]
    const file = aMasterFile({
      items: [aMasterItem({ unitConversions })],
      prices: [
        aMasterPrice({ unitOfMeasure: 'XBX', scales: [{ fromQuantity: '0', amount: '10.00' }] }),
      ],
    })
    const price = {
      amount: '10',
      perQuantity: '3',
      perUnitOfMeasure: 'EA',
      priceType: 'firm' as const,
    }
    expect(findings(aPurchaseOrder({ lines: [anOrderLine({ price })] }), file)).toEqual([])
  })

  it('on terms nobody agreed to is found out', () => {
    const paymentTerms = { netDays: 14, discountPercent: '2', discountDays: 7 }
    expect(findings(aPurchaseOrder({ paymentTerms }))).toEqual([
      'error terms-differ: payment terms are 2 % in 7 days, net 14 days, and `N30` on 2026-11-20 is net 30 days',
    ])
  })

  it('without a price in the master, or in another currency, is worth a warning', () => {
    expect(findings(aPurchaseOrder({ currency: 'USD' }))).toEqual([
      'warning currency-differs: supplier `S100` is dealt with in EUR on 2026-11-20, and the document is in USD',
      'warning price-missing: line 1: no price of `SKU-1` from `S100` in USD on 2026-11-20',
    ])
  })
})

describe('other documents beside the master (R-50, INV-24)', () => {
  it('a count: units by the day of the count, lots and serials, and how long the goods keep', () => {
    const items = [
      aMasterItem({
        lotControlled: true,
        shelfLifeDaysMin: 30,
        unitConversions: [
          { from: 'XCS', to: 'EA', numerator: '12', denominator: '1', effectiveTo: '2026-11-26' },
        ],
      }),
    ]
    const line = aReceiptLine({
      unitOfMeasure: 'XCS',
      lots: [{ expiryDate: '2026-12-20' }],
    })
    const receipt = aReceipt({ receivedDate: '2026-11-27', lines: [line] })
    expect(findings(receipt, aMasterFile({ items }))).toEqual([
      'error unit-unknown: line 1: article `SKU-1` has no way from XCS to its stock unit EA on 2026-11-27',
      'error lot-missing: line 1: article `SKU-1` is kept by lot, and no lot was counted',
      // From 27 November to 20 December are 3 + 20 = 23 days.
      'error shelf-life-short: line 1: goods of `SKU-1` can be kept 23 days, until 2026-12-20; 30 are asked for',
    ])
  })

  it('an invoice: tax rates by the invoice date', () => {
    const taxRates = [
      { code: 'S', ratePercent: '19', effectiveTo: '2026-12-31' },
      { code: 'S', ratePercent: '20', effectiveFrom: '2027-01-01' },
    ]
    const taxes = [{ code: 'S', ratePercent: '19.0', amount: '23.56' }]
    const of = (invoiceDate: string) =>
      findings(
        anInvoice({ invoiceDate, taxes, paymentTerms: undefined, lines: [anInvoiceLine()] }),
        aMasterFile({ taxRates }),
      )
    expect(of('2026-12-31')).toEqual([])
    expect(of('2027-01-01')).toEqual([
      'error tax-rate-differs: tax `S` is billed at 19.0 %, and is 20 % on 2027-01-01',
    ])
  })

  it('an answer: the articles a supplier offers instead', () => {
    const lines = [
      anAcknowledgmentLine({
        responses: [
          {
            action: 'substitute',
            quantity: '10',
            unitOfMeasure: 'EA',
            promisedDate: null,
            dateMeaning: 'delivery',
            substituteItem: { supplierItem: 'HB-9' },
          },
        ],
      }),
    ]
    const [found] = findings(anAcknowledgment({ lines })) ?? []
    expect(found).toContain('error item-unknown: line 1: article `HB-9` is not in the master')
  })
})

describe('a document under an old number of its supplier', () => {
  it('is taken as of the supplier it is of, on the day it holds', () => {
    const suppliers = [
      aMasterSupplier({ aliases: [], effectiveTo: '2026-11-19' }),
      aMasterSupplier({ effectiveFrom: '2026-11-20' }),
    ]
    const master = masterOf(aMasterFile({ suppliers }))
    const on = (issuedAt: string) =>
      withOwnSupplier(master, aPurchaseOrder({ supplier: '90017', issuedAt })).supplier
    expect(on('2026-11-20T08:00:00Z')).toBe('S100')
    expect(on('2026-11-19T08:00:00Z')).toBe('90017')
  })
})

describe('two masters', () => {
  it('differ row by row and field by field, with the owner (R-63)', () => {
    const theirs = aMasterFile({
      suppliers: [aMasterSupplier({ name: 'Nordlicht AG', bankAccounts: ['DE02'] })],
      prices: [],
    })
    const drift = compareMasters({
      contract: erpWmsFinance,
      system: 'erp',
      ours: aMasterFile(),
      theirs,
      asOf: instant('2026-11-28T08:00:00Z'),
    }).flatMap(({ record, recordNumber, drift: found }) =>
      found.map(({ path, ours, theirs: said, owner }) => [
        record,
        recordNumber,
        path,
        ours,
        said,
        owner,
      ]),
    )
    expect(drift.map((one) => one.slice(0, 3))).toEqual([
      ['supplier', 'S100/', 'name'],
      ['supplier', 'S100/', 'bankAccounts'],
      ...['supplier', 'item', 'currency', 'unitOfMeasure', 'perQuantity', 'scales'].map((path) => [
        'price',
        'S100/SKU-1/EUR/',
        path,
      ]),
    ])
    expect(drift[0]).toEqual([
      'supplier',
      'S100/',
      'name',
      'Nordlicht Schrauben GmbH',
      'Nordlicht AG',
      'erp',
    ])
    expect(drift[1]?.at(-1)).toBe('finance')
  })
})

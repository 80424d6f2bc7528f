import type * as z from 'zod'
import { MasterFile, MasterItem, MasterPrice, MasterSupplier } from './master-file.ts'

/** Supplier S100 under its old number 90017 too; give only what matters. */
export function aMasterSupplier(
  supplier: Partial<z.input<typeof MasterSupplier>> = {},
): MasterSupplier {
  return MasterSupplier.parse({
    supplier: 'S100',
    name: 'Nordlicht Schrauben GmbH',
    aliases: ['90017'],
    status: 'active',
    holds: [],
    currency: 'EUR',
    paymentTerms: 'N30',
    ...supplier,
  })
}

/** Article SKU-1, kept in pieces, twelve to the case; give only what matters. */
export function aMasterItem(item: Partial<z.input<typeof MasterItem>> = {}): MasterItem {
  return MasterItem.parse({
    item: 'SKU-1',
    description: 'hex bolt M8',
    aliases: ['OLD-1'],
    identifiers: { gtin: '4012345000023', supplierItem: 'HB-8' },
    stockUnit: 'EA',
    unitConversions: [{ from: 'XCS', to: 'EA', numerator: '12', denominator: '1' }],
    catchWeight: false,
    lotControlled: false,
    serialControlled: false,
    shelfLifeDaysMin: null,
    inspection: 'none',
    hazardous: false,
    substitutes: [],
    status: 'active',
    ...item,
  })
}

/** What S100 charges for SKU-1: 12.40 a piece; give only what matters. */
export function aMasterPrice(price: Partial<z.input<typeof MasterPrice>> = {}): MasterPrice {
  return MasterPrice.parse({
    supplier: 'S100',
    item: 'SKU-1',
    currency: 'EUR',
    unitOfMeasure: 'EA',
    perQuantity: '1',
    scales: [{ fromQuantity: '0', amount: '12.40' }],
    ...price,
  })
}

/** Master data with one supplier, one article and its price; give only what matters. */
export function aMasterFile(file: Partial<z.input<typeof MasterFile>> = {}): MasterFile {
  return MasterFile.parse({
    id: 'acme-master',
    version: '1',
    suppliers: [aMasterSupplier()],
    items: [aMasterItem()],
    unitConversions: [],
    unitAliases: [],
    prices: [aMasterPrice()],
    paymentTerms: [
      { key: 'N30', terms: { netDays: 30, discountPercent: null, discountDays: null } },
    ],
    taxRates: [{ code: 'S', ratePercent: '19' }],
    ...file,
  })
}

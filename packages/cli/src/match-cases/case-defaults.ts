import { Invoice } from '@counterfoil/core'

/** What a case does not say, and what is taken then. */
export const caseDefaults = {
  tenant: 'case',
  buyerOrganisation: 'buyer',
  orderNumber: 'order',
  supplier: 'supplier',
  invoiceNumber: 'invoice',
  item: 'item',
  unitOfMeasure: 'EA',
  /** Day of the order; goods arrive on the second and are billed on the third. */
  orderDate: '2026-01-01',
  receivedDate: '2026-01-02',
  invoiceDate: '2026-01-03',
} as const

/** What every document of a case carries, made of its number, supplier and day. */
export function headerOf(documentNumber: string, supplier: string, day: string) {
  const { tenant, buyerOrganisation } = caseDefaults
  return {
    tenant,
    buyerOrganisation,
    supplier,
    documentNumber,
    revision: 0,
    issuedAt: `${day}T00:00:00Z`,
  }
}

/** True for what a case says. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}

/** A field, or none where the case says nothing. */
export function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return isGiven(value) ? { [name]: value } : {}
}

/** Charges by their codes. */
export function chargesOf(charges: Readonly<Record<string, string>> | null | undefined) {
  return Object.entries(charges ?? {}).map(([code, amount]) => ({ code, amount }))
}

/** What an invoice is, in our words; a plain invoice where the case says nothing we know. */
export function invoiceTypeOf(type: string | null | undefined): string {
  const kebab = (type ?? 'standard').replaceAll('_', '-')
  const known = Invoice.shape.invoiceType.options.find((option) => option === kebab)
  return known ?? 'standard'
}

/** A match level in our words; none where the case sets none. */
export function levelOf(level: string | null | undefined): string | null {
  return levels[level ?? ''] ?? null
}

const levels: Readonly<Record<string, string>> = {
  none: 'none',
  totals: 'totals',
  '2way': 'two-way',
  '3way': 'three-way',
  '4way': 'four-way',
}

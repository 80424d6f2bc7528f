import type * as z from 'zod'
import { agreementKey } from '../identity/identity.ts'
import { ReleaseCounted } from './agreement-messages.ts'
import { AgreementLine, PurchaseAgreement } from './purchase-agreement.ts'

/** The key of agreement A-1 of buyer 0001. */
export const anAgreementKey: string = agreementKey({
  tenant: 'acme',
  buyerOrganisation: '0001',
  agreementNumber: 'A-1',
})

/** Line 1 of an agreement, for SKU-1 at 10.00 a piece, without a limit of its own; give only what matters. */
export function anAgreementLine(line: Partial<z.input<typeof AgreementLine>> = {}): AgreementLine {
  return AgreementLine.parse({
    agreementLineNumber: '1',
    item: { buyerItem: 'SKU-1' },
    description: 'hex bolt M8',
    unitOfMeasure: 'EA',
    price: { amount: '10.00', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'contract' },
    unitConversions: [],
    ...line,
  })
}

/** Blanket agreement A-1 with S100 over 10,000.00 euros, good for 2026; give only what matters. */
export function anAgreement(
  agreement: Partial<z.input<typeof PurchaseAgreement>> = {},
): PurchaseAgreement {
  return PurchaseAgreement.parse({
    kind: 'purchase-agreement',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'A-1',
    revision: 0,
    issuedAt: '2026-01-02T08:00:00Z',
    agreementType: 'blanket',
    version: 1,
    currency: 'EUR',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    amountLimit: '10000.00',
    lines: [anAgreementLine()],
    ...agreement,
  })
}

/** Release R-1 of agreement A-1 as its order tells it: one piece for so much, as the n-th telling. */
export function releasedFor(amountReleased: string, orderSequence: number): ReleaseCounted {
  return ReleaseCounted.parse({
    orderKey: 'acme/0001/R-1',
    orderNumber: 'R-1',
    orderVersion: 1,
    orderSequence,
    orderType: 'blanket-release',
    supplier: 'S100',
    currency: 'EUR',
    releasedOn: '2026-11-02',
    lines: [
      {
        orderLineNumber: '1',
        agreementLineNumber: '1',
        item: { buyerItem: 'SKU-1' },
        unitOfMeasure: 'EA',
        price: { amount: '10.00', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
        quantityReleased: amountReleased === '0' ? '0' : '1',
        amountReleased,
        quantityReceived: '0',
        quantityInvoiced: '0',
        amountInvoiced: '0',
      },
    ],
  })
}

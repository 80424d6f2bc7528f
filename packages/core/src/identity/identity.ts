import * as z from 'zod'

const shortText = z.string().trim().min(1).max(80)

/** The company whose books these are, in one installation that serves several. First part of every key. */
export const TenantId = shortText.brand<'TenantId'>()
export type TenantId = z.infer<typeof TenantId>

/** The legal entity or business unit that buys. Second part of every key. X12 N1*BY, EDIFACT NAD+BY. */
export const BuyerOrganisationId = shortText.brand<'BuyerOrganisationId'>()
export type BuyerOrganisationId = z.infer<typeof BuyerOrganisationId>

/** The supplier's number in the buyer's ERP. X12 N1*SU or N1*SE, EDIFACT NAD+SU. */
export const SupplierId = shortText.brand<'SupplierId'>()
export type SupplierId = z.infer<typeof SupplierId>

/** The buyer's purchase-order number. X12 BEG03, EDIFACT BGM 1004, UBL Order/ID. */
export const OrderNumber = shortText.brand<'OrderNumber'>()
export type OrderNumber = z.infer<typeof OrderNumber>

/** The number its sender gave a document: order, response, ship-notice, receipt or invoice number. */
export const DocumentNumber = shortText.brand<'DocumentNumber'>()
export type DocumentNumber = z.infer<typeof DocumentNumber>

/**
 * A line's own number inside its document, as text: standards allow letters and leading zeros
 * (X12 PO101, EDIFACT LIN 1082, UBL LineItem/ID). Two spellings are two lines.
 */
export const LineNumber = z.string().trim().min(1).max(40).brand<'LineNumber'>()
export type LineNumber = z.infer<typeof LineNumber>

/** The buyer's own item number (stock-keeping unit). */
export const ItemNumber = shortText.brand<'ItemNumber'>()
export type ItemNumber = z.infer<typeof ItemNumber>

/** A site, distribution centre, dock, store or customer address of the buyer's location master. */
export const LocationId = shortText.brand<'LocationId'>()
export type LocationId = z.infer<typeof LocationId>

/** Joins key parts into one text with `/`; a slash or percent sign inside a part is escaped, so keys never collide. */
export function joinKey(parts: readonly string[]): string {
  return parts.map(escapePart).join('/')
}

// Nearly no part has anything to escape, and keys are joined everywhere.
function escapePart(part: string): string {
  if (!part.includes('/') && !part.includes('%')) return part
  return part.replaceAll('%', '%25').replaceAll('/', '%2F')
}

/** Splits what `joinKey` joined. */
export function splitKey(key: string): string[] {
  return key.split('/').map((part) => part.replaceAll('%2F', '/').replaceAll('%25', '%'))
}

/** The tenant a key belongs to: its first part. */
export function tenantOfKey(key: string): TenantId {
  const end = key.indexOf('/')
  return (splitKey(end < 0 ? key : key.slice(0, end))[0] ?? '') as TenantId
}

/** What the runtime stores and orders messages by: one aggregate of one tenant. */
export const AggregateKind = z.enum(['order', 'shipment', 'invoice', 'agreement'])
export type AggregateKind = z.infer<typeof AggregateKind>

/** Address of one aggregate. `key` starts with the tenant and is made by `orderKey`, `shipmentKey`,
 * `invoiceKey` or `agreementKey`. */
export const AggregateReference = z.strictObject({
  kind: AggregateKind,
  key: z.string().min(1).max(400),
})
export type AggregateReference = z.infer<typeof AggregateReference>

/** `tenant/buyer organisation/order number`. */
export function orderKey(order: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly orderNumber: string
}): string {
  return joinKey([order.tenant, order.buyerOrganisation, order.orderNumber])
}

/** `tenant/buyer organisation/supplier/ship-notice number`. */
export function shipmentKey(notice: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
  readonly documentNumber: string
}): string {
  return joinKey([notice.tenant, notice.buyerOrganisation, notice.supplier, notice.documentNumber])
}

/** `tenant/buyer organisation/agreement number`. */
export function agreementKey(agreement: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly agreementNumber: string
}): string {
  return joinKey([agreement.tenant, agreement.buyerOrganisation, agreement.agreementNumber])
}

/** `tenant/buyer organisation/supplier/normalised invoice number/type`. */
export function invoiceKey(invoice: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
  readonly documentNumber: string
  readonly invoiceType: string
}): string {
  return joinKey([
    invoice.tenant,
    invoice.buyerOrganisation,
    invoice.supplier,
    normaliseInvoiceNumber(invoice.documentNumber),
    invoice.invoiceType,
  ])
}

/** Capitals and blanks do not make another invoice number: `inv 0042` and `INV0042` are one. */
export function normaliseInvoiceNumber(documentNumber: string): string {
  return documentNumber.replace(/\s/g, '').toUpperCase()
}

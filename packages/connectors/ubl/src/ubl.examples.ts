import type { Finding, ReadDocument } from '@counterfoil/core'
import { createUblReader } from './ubl-reader.ts'
import type { UblSettingsInput } from './ubl-settings.ts'

/** The connection that the examples arrive on. */
export const aContext = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  connection: 'peppol',
  timeZone: 'Europe/Oslo',
} as const

const seller = `<Party><EndpointID schemeID="0088">7300010000001</EndpointID></Party>`

const parties: Readonly<Record<string, string>> = {
  Order: 'SellerSupplierParty',
  OrderChange: 'SellerSupplierParty',
  OrderResponse: 'SellerSupplierParty',
  OrderResponseSimple: 'SellerSupplierParty',
  DespatchAdvice: 'DespatchSupplierParty',
  ReceiptAdvice: 'DespatchSupplierParty',
}

/** Elements that hold only text are of the other namespace than those that hold elements. */
const prefixed = (body: string): string =>
  body.replace(/<(\/?)([A-Z]\w*)([^<>]*?)(\/?)>/g, '<$1x:$2$3$4>')

const common = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'

/**
 * A UBL document of a kind: number D-1, issued on 2 November 2026, in EUR, from one supplier, and the rest as given. The
 * rest may be written without prefixes.
 */
export const aDocument = (
  root: string,
  body: string,
  {
    number = 'D-1',
    currency = 'EUR',
  }: { readonly number?: string; readonly currency?: string } = {},
): string => {
  const party = parties[root] ?? 'AccountingSupplierParty'
  const money = currency === '' ? '' : `<DocumentCurrencyCode>${currency}</DocumentCurrencyCode>`
  const content = `<ID>${number}</ID><IssueDate>2026-11-02</IssueDate>${money}<${party}>${seller}</${party}>${body}`
  return `<u:${root} xmlns:u="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:x="${common}">${prefixed(content)}</u:${root}>`
}

/** An Invoice line: 10 EA at 5.00, billing line 10 of PO-1, unless said otherwise. */
export const anInvoiceLine = (
  fields: {
    readonly number?: string
    readonly quantity?: string
    readonly amount?: string
    readonly price?: string
    readonly more?: string
    readonly kind?: 'Invoice' | 'CreditNote'
  } = {},
): string => {
  const {
    number = '1',
    quantity = '10',
    amount = '50.00',
    price = '5.00',
    more = '',
    kind = 'Invoice',
  } = fields
  const counted = kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity'
  return [
    `<${kind}Line><ID>${number}</ID>`,
    quantity === '' ? '' : `<${counted} unitCode="EA">${quantity}</${counted}>`,
    amount === '' ? '' : `<LineExtensionAmount currencyID="EUR">${amount}</LineExtensionAmount>`,
    `<OrderLineReference><LineID>10</LineID></OrderLineReference>${more}`,
    '<Item><Name>Hex bolt M8</Name></Item>',
    price === '' ? '' : `<Price><PriceAmount currencyID="EUR">${price}</PriceAmount></Price>`,
    `</${kind}Line>`,
  ].join('')
}

/** Totals of an invoice without tax. */
export const someTotals = (amount: string, more = ''): string =>
  `<LegalMonetaryTotal><LineExtensionAmount currencyID="EUR">${amount}</LineExtensionAmount>${more}<PayableAmount currencyID="EUR">${amount}</PayableAmount></LegalMonetaryTotal>`

/** The order that the examples are about. */
export const orderReference = '<OrderReference><ID>PO-1</ID></OrderReference>'

/** Reads a text of one document. */
export const readOne = (text: string, settings: UblSettingsInput = {}): ReadDocument => {
  const [read] = createUblReader(settings).read(text, aContext)
  if (read === undefined) throw new Error('a reader gives one entry at least')
  return read
}

/** The findings of a rule. */
export const findingsOf = (read: ReadDocument, rule: string): readonly Finding[] =>
  read.findings.filter((finding) => finding.rule === rule)

/** The rules of what is worth a person's time, in the order of the text. */
export const rulesOf = (read: ReadDocument): readonly string[] =>
  read.findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)

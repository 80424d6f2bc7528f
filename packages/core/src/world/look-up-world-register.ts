import type { Intent } from '../message/intent.ts'
import type { RegisteredInvoice } from '../match/match-input.ts'
import { splitKey } from '../identity/identity.ts'
import type { World } from './world.ts'

type LookUp = Extract<Intent, { readonly kind: 'look-up-register' }>

/** Entries of one answer; a supplier has a handful of invoices that could be the same. */
const entriesMax = 500

/**
 * The register's answer: invoices of the buyer with one of the numbers asked for (letters and digits compared, capitals or
 * not), or with the same date and total. The invoice that asks is not among them.
 */
export function lookUpWorldRegister(world: World, lookUp: LookUp): readonly RegisteredInvoice[] {
  const numbers = [lookUp.documentNumber, lookUp.correctsInvoiceNumber ?? []].flat().map(bareNumber)
  const isAlike = (entry: RegisteredInvoice): boolean =>
    numbers.includes(bareNumber(entry.invoiceNumber)) ||
    (entry.invoiceDate === lookUp.invoiceDate && entry.totalAmount === lookUp.totalAmount)
  return Object.entries(world.register)
    .filter(([key]) => key !== lookUp.replyTo.key && isOf(key, lookUp))
    .map(([, entry]) => entry)
    .filter(isAlike)
    .slice(0, entriesMax)
}

function isOf(invoiceKey: string, { tenant, buyerOrganisation }: LookUp): boolean {
  const [keyTenant, keyBuyer] = splitKey(invoiceKey)
  return keyTenant === tenant && keyBuyer === buyerOrganisation
}

function bareNumber(invoiceNumber: string): string {
  return invoiceNumber.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}

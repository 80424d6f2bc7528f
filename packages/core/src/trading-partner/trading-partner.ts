import * as z from 'zod'
import { BusinessCalendar } from '../calendar/business-calendar.ts'
import { Channel } from '../document/document-header.ts'
import { LocationId, TenantId } from '../identity/identity.ts'

/** What a party does in a trade. EDIFACT 3035, X12 98. */
export const PartyRole = z.enum([
  'buyer',
  'supplier',
  'ship-from',
  'remit-to',
  'carrier',
  'third-party-logistics',
  'broker',
])
export type PartyRole = z.infer<typeof PartyRole>

/** A number a party is known by: GLN, DUNS, VAT, or the number an ERP gave it. */
export const PartyIdentifier = z.strictObject({
  scheme: z.enum(['gln', 'duns', 'vat', 'buyer-assigned', 'seller-assigned', 'mutual', 'other']),
  value: z.string().min(1).max(80),
})
export type PartyIdentifier = z.infer<typeof PartyIdentifier>

/** A bank account as it is printed: an IBAN, or a national number. Blanks and capitals do not make another account. */
export const BankAccount = z.string().trim().min(1).max(60)
export type BankAccount = z.infer<typeof BankAccount>

/** A trading partner or its agent. `on-hold` names what is stopped: payment, posting or new orders. */
export const Party = z.strictObject({
  tenant: TenantId,
  party: z.string().min(1).max(80),
  name: z.string().max(200),
  roles: z.array(PartyRole).min(1),
  identifiers: z.array(PartyIdentifier),
  channels: z.array(Channel),
  status: z.enum(['prospect', 'onboarding', 'certified', 'active', 'on-hold', 'blocked']),
  holds: z.array(z.enum(['payment', 'posting', 'order'])),
  /** Accounts the party is paid to, IBANs where there are such. Absent: accounts are kept elsewhere and not compared. */
  bankAccounts: z.array(BankAccount).max(100).optional(),
  /** The supplier's working days, used for the clocks that wait on the supplier. */
  calendar: BusinessCalendar.optional(),
})
export type Party = z.infer<typeof Party>

/** How a supplier stands in the master of partners, as far as it decides about an invoice. */
export const SupplierStanding = Party.pick({ status: true, holds: true, bankAccounts: true })
export type SupplierStanding = z.infer<typeof SupplierStanding>

/** A place goods go to or come from. */
export const Location = z.strictObject({
  tenant: TenantId,
  location: LocationId,
  name: z.string().max(200),
  type: z.enum(['site', 'distribution-centre', 'dock', 'store', 'customer', 'consignment']),
  gln: z
    .string()
    .regex(/^\d{13}$/)
    .optional(),
  calendar: BusinessCalendar,
})
export type Location = z.infer<typeof Location>

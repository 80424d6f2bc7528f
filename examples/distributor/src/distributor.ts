import { readFileSync } from 'node:fs'
import { BusinessCalendar, SupplierId } from '@counterfoil/core'
import { AuthorityDirectory } from '@counterfoil/core/authority'
import * as z from 'zod'
import { peopleFile, suppliersFile } from './folders.ts'

/** Harbor & Pine Supply: one buying organisation, a head office, two warehouses. */
export const tenant = 'harbor-pine'
export const buyerOrganisation = '0100'

/** The hours the head office works; Thanksgiving is closed. */
export const headOffice: BusinessCalendar = BusinessCalendar.parse({
  id: 'head-office',
  timeZone: 'America/New_York',
  workingDays: [1, 2, 3, 4, 5],
  opens: '08:00',
  closes: '17:00',
  holidays: ['2026-11-26'],
})

const Supplier = z.strictObject({
  supplier: SupplierId,
  name: z.string(),
  channel: z.enum(['x12', 'ubl', 'portal']),
  gln: z.string().optional(),
})

/** The forty suppliers. */
export const suppliers: readonly z.infer<typeof Supplier>[] = z
  .array(Supplier)
  .parse(JSON.parse(readFileSync(suppliersFile, 'utf8')))

/** Who may do what; delegations are written down in it before somebody goes on holiday. */
export const people: AuthorityDirectory = AuthorityDirectory.parse(
  JSON.parse(readFileSync(peopleFile, 'utf8')),
)

/** The supplier's name, or its number where nobody knows it. */
export function supplierName(supplier: string): string {
  return suppliers.find((one) => one.supplier === supplier)?.name ?? supplier
}

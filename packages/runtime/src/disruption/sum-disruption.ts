import {
  addMoney,
  type CalendarDate,
  compareDates,
  type InvoiceType,
  type Money,
  negateMoney,
} from '@counterfoil/core'
import type { Touched, TouchedSchedule } from './touched.ts'

/** What a disruption comes to. Amounts are sums for each currency, by currency; nothing is converted. */
export type DisruptionTotals = {
  readonly orders: number
  /** Of `orders`, written and not sent. */
  readonly drafts: number
  readonly schedules: number
  readonly shipments: number
  readonly invoices: number
  readonly openCases: number
  readonly approvals: number
  /** What is still to be delivered, at the ordered prices, drafts included. */
  readonly openValue: readonly Money[]
  /** Of it, what the supplier has not promised. */
  readonly unconfirmedValue: readonly Money[]
  /** Schedules whose goods are priced by a unit nobody stated; they are in no amount. */
  readonly unvalued: number
  /** What the invoices ask for, less what the credits among them give back. */
  readonly invoiced: readonly Money[]
  /** The first day anything of it is wanted. */
  readonly firstNeedBy: CalendarDate | null
  /** By name. */
  readonly customers: readonly TouchedCustomer[]
}

/** A customer who waits for some of it. */
export type TouchedCustomer = {
  readonly customer: string
  readonly orderNumbers: readonly string[]
  readonly schedules: number
  readonly openValue: readonly Money[]
  readonly firstNeedBy: CalendarDate | null
}

type Scheduled = { readonly orderNumber: string; readonly schedule: TouchedSchedule }

/** Adds up what a disruption touches. */
export function sumDisruption(touched: readonly Touched[]): DisruptionTotals {
  const orders = touched.filter((one) => one.kind === 'order')
  const invoices = touched.filter((one) => one.kind === 'invoice')
  const scheduled = orders.flatMap(({ orderNumber, schedules }) =>
    schedules.map((schedule) => ({ orderNumber, schedule })),
  )
  const all = scheduled.map(({ schedule }) => schedule)
  return {
    orders: orders.length,
    drafts: orders.filter(({ isDraft }) => isDraft).length,
    schedules: all.length,
    shipments: touched.filter(({ kind }) => kind === 'shipment').length,
    invoices: invoices.length,
    openCases: touched.reduce((sum, { openCases }) => sum + openCases.length, 0),
    approvals: touched.reduce(
      (sum, one) => sum + (one.kind === 'shipment' ? 0 : one.approvals.length),
      0,
    ),
    openValue: addUp(all.map(({ openValue }) => openValue)),
    unconfirmedValue: addUp(all.map(({ unconfirmedValue }) => unconfirmedValue)),
    unvalued: all.filter(({ openValue }) => openValue === null).length,
    invoiced: addUp(
      invoices.map(({ total, invoiceType }) =>
        total === null || !creditTypes.has(invoiceType) ? total : negateMoney(total),
      ),
    ),
    firstNeedBy: firstDay(all),
    customers: customersOf(scheduled),
  }
}

const creditTypes: ReadonlySet<InvoiceType> = new Set<InvoiceType>([
  'credit',
  'subsequent-credit',
  'cancellation',
  'reversal',
])

function customersOf(scheduled: readonly Scheduled[]): readonly TouchedCustomer[] {
  const theirs = scheduled.filter(({ schedule }) => schedule.customer !== null)
  const byCustomer = Map.groupBy(theirs, ({ schedule }) => schedule.customer ?? '')
  return [...byCustomer]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([customer, waiting]) => {
      const schedules = waiting.map(({ schedule }) => schedule)
      return {
        customer,
        orderNumbers: [...new Set(waiting.map(({ orderNumber }) => orderNumber))],
        schedules: schedules.length,
        openValue: addUp(schedules.map(({ openValue }) => openValue)),
        firstNeedBy: firstDay(schedules),
      }
    })
}

function addUp(values: readonly (Money | null)[]): readonly Money[] {
  const sums = new Map<string, Money>()
  for (const value of values) {
    if (value === null) continue
    const known = sums.get(value.currency)
    sums.set(value.currency, known === undefined ? value : addMoney(known, value))
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

function firstDay(schedules: readonly TouchedSchedule[]): CalendarDate | null {
  const days = schedules.flatMap(({ needBy }) => (needBy === null ? [] : [needBy]))
  return days.toSorted(compareDates)[0] ?? null
}

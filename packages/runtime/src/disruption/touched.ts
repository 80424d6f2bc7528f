import type {
  AggregateReference,
  CalendarDate,
  Decimal,
  InvoiceType,
  ItemIdentifiers,
  Money,
} from '@counterfoil/core'

/** A schedule whose goods may not come as expected. Quantities are in `unitOfMeasure`. */
export type TouchedSchedule = {
  readonly orderLineNumber: string
  readonly scheduleNumber: string
  readonly item: ItemIdentifiers
  readonly unitOfMeasure: string
  readonly shipTo: string | null
  /** Whose goods they are to be: the line's attribute `customer`, else the order's, else whom a drop-ship order goes to. */
  readonly customer: string | null
  /** The day the goods are wanted. */
  readonly needBy: CalendarDate | null
  /** The day they were expected: announced, else promised, else wanted. */
  readonly expected: CalendarDate | null
  /** Still to be delivered, whether it is on its way or not. */
  readonly open: Decimal
  /** Of `open`, announced and not counted yet. */
  readonly inTransit: Decimal
  /** Of `open`, neither promised nor refused by the supplier: nobody owes it for certain. */
  readonly unconfirmed: Decimal
  /** Refused by the supplier, and nobody has decided yet what becomes of it. Not part of `open`. */
  readonly refused: Decimal
  /** What `open` costs at the ordered price, rounded half up to the currency; null where it is priced by a unit nobody stated. */
  readonly openValue: Money | null
  /** The same of `unconfirmed`. */
  readonly unconfirmedValue: Money | null
}

/** What every touched aggregate says of itself. `version` is the one it was looked at in. */
export type TouchedHead = {
  readonly reference: AggregateReference
  readonly version: number
  readonly buyerOrganisation: string
  readonly supplier: string | null
  readonly state: string
  /** Ids and owners of its open cases, in the order they were opened. */
  readonly openCases: readonly {
    readonly exceptionId: string
    readonly code: string
    readonly ownerRole: string
    readonly person: string | null
  }[]
}

/** An approval that waits for a role. */
export type WaitingApproval = { readonly approvalId: string; readonly approverRole: string }

/** An order with goods that may not come. */
export type TouchedOrder = TouchedHead & {
  readonly kind: 'order'
  readonly orderNumber: string
  /** Written and not sent: it can still be given to somebody else. */
  readonly isDraft: boolean
  /** Approvals it waits for before it is sent, one for each role that is asked now and has not agreed; first asked first. */
  readonly approvals: readonly WaitingApproval[]
  readonly schedules: readonly TouchedSchedule[]
}

/** A shipment that has not arrived. */
export type TouchedShipment = TouchedHead & {
  readonly kind: 'shipment'
  readonly shipNoticeNumber: string
  readonly orderNumbers: readonly string[]
  readonly expected: CalendarDate | null
  readonly shipTo: string | null
}

/** An invoice that is not settled. */
export type TouchedInvoice = TouchedHead & {
  readonly kind: 'invoice'
  readonly invoiceNumber: string
  readonly invoiceType: InvoiceType
  readonly orderNumbers: readonly string[]
  /** What it asks for; null where it does not say. */
  readonly total: Money | null
  readonly dueDate: CalendarDate | null
  /** Approvals that wait, one for each role that is asked now and has not agreed; first asked first. */
  readonly approvals: readonly WaitingApproval[]
}

/** What a disruption touches. */
export type Touched = TouchedOrder | TouchedShipment | TouchedInvoice

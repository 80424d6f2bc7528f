import {
  type Approval,
  askedRoles,
  CalendarDate,
  currentInvoice,
  describePayable,
  type Invoice,
  type InvoiceFacts,
  isOpenHold,
  matchResultOf,
  orderKey,
} from '@counterfoil/core'
import { summariseHolds } from '@counterfoil/runtime'
import { asException, type CaseArguments, selectCases } from '../exception/exception-node.ts'
import { asHold } from '../hold/hold-node.ts'
import { aggregateNodeId } from '../node/node-id.ts'
import { orderAt } from '../order-lifecycle/find-order.ts'
import { connectKeys, connectList, connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import { lastOf, listMax } from '../request/list-max.ts'
import { requestError } from '../request/request-error.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { invoiceStanding, versionOf } from '../request/standing.ts'
import { historyOf } from '../timeline/history.ts'
import {
  asInvoice,
  findInvoice,
  invoiceKeyIn,
  type InvoiceNode,
  type InvoiceReference,
} from './find-invoice.ts'

type ListArguments = PageArguments & {
  readonly filter?: {
    readonly state?: string | null
    readonly open?: boolean | null
    readonly supplier?: string | null
    readonly buyerOrganisation?: string | null
    readonly dueBefore?: string | null
  } | null
}
type ReferenceArgument = { readonly reference: InvoiceReference }

/** Gives invoices and what they are made of. */
export function createInvoiceResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      invoices: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        const { state, open, supplier, buyerOrganisation, dueBefore } = args.filter ?? {}
        return connectPage({
          args,
          read: (paging) =>
            queries.invoices({
              tenant,
              ...paging,
              state: state ?? undefined,
              open: open ?? undefined,
              supplier: supplier ?? undefined,
              buyerOrganisation: buyerOrganisation ?? undefined,
              dueBefore: dueBefore ?? undefined,
            }),
          idOf: (invoice) => invoice.invoiceKey,
          nodeOf: asInvoice,
        })
      },
      invoice: async (_: unknown, args: ReferenceArgument, context: CounterfoilContext) =>
        findInvoice(deskOf(context), invoiceKeyIn(deskOf(context), args.reference)),
      invoiceCounts: async (_: unknown, _args: object, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return queries.invoicesByState({ tenant })
      },
    },
    Approval: approvalResolvers,
    Invoice: { ...documentFields(deskOf), ...decisionFields(deskOf), ...invoiceLists(deskOf) },
  }
}

function documentFields(deskOf: DeskOf): ObjectResolvers[string] {
  const whenKnown =
    <Value>(read: (invoice: Invoice) => Value) =>
    async (node: InvoiceNode, _: object, context: CounterfoilContext): Promise<Value | null> => {
      const invoice = await documentOf(deskOf, node, context)
      return invoice === null ? null : read(invoice)
    }
  return {
    id: ({ invoiceKey: key }: InvoiceNode) => aggregateNodeId('Invoice', key),
    version: ({ invoiceKey: key }: InvoiceNode, _: object, context: CounterfoilContext) =>
      versionOf(deskOf(context), { kind: 'invoice', key }),
    paymentTerms: whenKnown(({ paymentTerms }) => paymentTerms ?? null),
    allowancesAmount: whenKnown(({ allowancesAmount }) => allowancesAmount),
    lines: async (node: InvoiceNode, args: PageArguments, context: CounterfoilContext) =>
      connectList((await documentOf(deskOf, node, context))?.lines ?? [], args, (line) => line),
    charges: async (node: InvoiceNode, _: object, context: CounterfoilContext) =>
      (await documentOf(deskOf, node, context))?.charges.slice(0, listMax) ?? [],
    taxes: async (node: InvoiceNode, _: object, context: CounterfoilContext) =>
      (await documentOf(deskOf, node, context))?.taxes.slice(0, listMax) ?? [],
  }
}

async function documentOf(
  deskOf: DeskOf,
  { invoiceKey: key }: InvoiceNode,
  context: CounterfoilContext,
): Promise<Invoice | null> {
  const state = await invoiceStanding(deskOf(context), key)
  return state === null ? null : currentInvoice(state.facts)
}

function decisionFields(deskOf: DeskOf): ObjectResolvers[string] {
  return {
    match: async (node: InvoiceNode, _: object, context: CounterfoilContext) => {
      const kept = (await factsOf(deskOf, node, context))?.match?.result
      return kept === undefined ? null : matchResultOf(kept)
    },
    datesAtRisk: async (node: InvoiceNode, args: RiskArguments, context: CounterfoilContext) => {
      const warnDays = args.warnDays ?? warnDaysDefault
      if (warnDays < 0 || warnDays > warnDaysMax) {
        throw requestError(
          'PAGE_INVALID',
          `cannot look \`${warnDays}\` days ahead: give \`warnDays\` from 0 to ${warnDaysMax}`,
        )
      }
      const state = await invoiceStanding(deskOf(context), node.invoiceKey)
      const today = CalendarDate.parse(args.today)
      const payable = state === null ? null : describePayable(state, { today, warnDays })
      if (payable === null) return null
      return { dueDate: payable.dueDateAtRisk, cashDiscount: payable.cashDiscountAtRisk }
    },
  }
}

type RiskArguments = { readonly today: string; readonly warnDays?: number | null }
const warnDaysDefault = 3
const warnDaysMax = 365

async function factsOf(
  deskOf: DeskOf,
  { invoiceKey: key }: InvoiceNode,
  context: CounterfoilContext,
): Promise<InvoiceFacts | null> {
  return (await invoiceStanding(deskOf(context), key))?.facts ?? null
}

function invoiceLists(deskOf: DeskOf): ObjectResolvers[string] {
  const lastWhenKnown =
    <Element>(read: (facts: InvoiceFacts) => readonly Element[]) =>
    async (node: InvoiceNode, _: object, context: CounterfoilContext) => {
      const facts = await factsOf(deskOf, node, context)
      return facts === null ? [] : lastOf(read(facts))
    }
  return {
    orders: (node: InvoiceNode, args: PageArguments, context: CounterfoilContext) => {
      const desk = deskOf(context)
      const { tenant } = desk
      const { buyerOrganisation } = node
      const keys = node.orderNumbers.map((orderNumber) =>
        orderKey({ tenant, buyerOrganisation, orderNumber }),
      )
      return connectKeys(keys, args, (key) => orderAt(desk, key))
    },
    holds: async (node: InvoiceNode, args: CaseArguments, context: CounterfoilContext) => {
      const { open } = args
      const facts = await factsOf(deskOf, node, context)
      const holds = facts === null ? node.holds : summariseHolds(facts)
      const wanted =
        open === undefined || open === null
          ? holds
          : holds.filter((hold) => isOpenHold(hold) === open)
      return connectList(wanted, args, asHold)
    },
    exceptions: async (node: InvoiceNode, args: CaseArguments, context: CounterfoilContext) => {
      const cases = (await factsOf(deskOf, node, context))?.cases ?? []
      return connectList(selectCases(cases, args), args, asException)
    },
    disputes: lastWhenKnown(({ disputes }) => disputes),
    approvals: lastWhenKnown(({ approvals }) => approvals),
    payments: lastWhenKnown(({ payments }) => payments),
    history: ({ invoiceKey: key }: InvoiceNode, args: PageArguments, context: CounterfoilContext) =>
      historyOf(deskOf(context), { kind: 'invoice', key }, args),
  }
}

/** An approval that runs in no steps is asked of one role and keeps no answers. */
const approvalResolvers = {
  askedRoles: (approval: Approval) => askedRoles(approval),
  step: ({ progress }: Approval) => progress?.step ?? null,
  steps: ({ requirement }: Approval) =>
    requirement?.outcome === 'needed' ? requirement.steps.length : 0,
  dueAt: ({ progress }: Approval) => progress?.dueAt ?? null,
  answers: ({ progress }: Approval) => progress?.answers ?? [],
}

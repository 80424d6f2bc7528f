import { carryOut, type CommandInput } from '../refusal/command.ts'
import { notFound, refusalIn } from '../refusal/refusal.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { findInvoice, invoiceKeyIn, type InvoiceReference } from './find-invoice.ts'

type InvoiceInput = CommandInput & { readonly invoice: InvoiceReference; readonly reason: string }
type DecideDuplicateInput = InvoiceInput & { readonly decision: string }

/** Has duplicates decided and invoices matched once more. */
export function createInvoiceCommands(deskOf: DeskOf): ObjectResolvers {
  return {
    Mutation: {
      decideDuplicate: async (
        _: unknown,
        { input }: { readonly input: DecideDuplicateInput },
        context: CounterfoilContext,
      ) => {
        const { decision, reason } = input
        const data = { decision, reason }
        return tellInvoice(deskOf(context), input, { type: 'duplicate.decided', data })
      },
      requestRematch: async (
        _: unknown,
        { input }: { readonly input: InvoiceInput },
        context: CounterfoilContext,
      ) => {
        const { reason } = input
        return tellInvoice(deskOf(context), input, { type: 'rematch.requested', data: { reason } })
      },
    },
  }
}

async function tellInvoice(
  desk: Desk,
  input: InvoiceInput,
  said: { readonly type: string; readonly data: { readonly [name: string]: unknown } },
) {
  desk.actor()
  const key = invoiceKeyIn(desk, input.invoice)
  if ((await findInvoice(desk, key)) === null) return notFound('there is no such invoice')
  const answer = await carryOut(desk, input, { aggregate: { kind: 'invoice', key }, ...said })
  return refusalIn(answer) ?? findInvoice(desk, key)
}

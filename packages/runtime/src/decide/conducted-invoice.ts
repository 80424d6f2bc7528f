import {
  currentInvoice,
  invoiceAggregate,
  type InvoiceState,
  type Message,
} from '@counterfoil/core'
import { beforeShapes } from '../machines/machine-stamp.ts'
import type { ConductedAggregate } from '../runtime.ts'
import { invoiceRows } from '../views/invoice-rows.ts'
import { businessScope } from './business-scope.ts'
import { writeBackAnswer } from './write-back-answer.ts'

/** The invoice of core, as a runtime conducts it: its rules are those of the invoice date. */
export const conductedInvoice: ConductedAggregate = {
  ...invoiceAggregate,
  older: [{ machine: beforeShapes(invoiceAggregate.machine), take: { kind: 'replay' } }],
  scopeOf: (state: InvoiceState | null, message: Message) => {
    const invoice = state === null ? null : currentInvoice(state.facts)
    return businessScope(
      message,
      invoice === null ? null : { supplier: invoice.supplier, date: invoice.invoiceDate },
    )
  },
  rowsOf: (state: InvoiceState) => invoiceRows(state),
  answerOf: writeBackAnswer,
}

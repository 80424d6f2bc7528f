import {
  currentInvoice,
  invoiceAggregate,
  type InvoiceState,
  type MachineStamp,
  type Message,
} from '@counterfoil/core'
import { beforeShapes } from '../machines/machine-stamp.ts'
import type { ConductedAggregate } from '../runtime.ts'
import { invoiceRows } from '../views/invoice-rows.ts'
import { businessScope } from './business-scope.ts'
import { writeBackAnswer } from './write-back-answer.ts'

/** The lifecycles of before approvals ran in steps and disputes could be settled in several ways. */
const beforeSteps: MachineStamp = {
  name: 'invoice-lifecycle',
  version: 1,
  shape: '1980c6c2cf716fe15e41f82d327549fb3b018f5f65d57d834ac0921a832fe27e',
}

/** The invoice of core, as a runtime conducts it: its rules are those of the invoice date. */
export const conductedInvoice: ConductedAggregate = {
  ...invoiceAggregate,
  older: [
    { machine: beforeShapes(beforeSteps), take: { kind: 'replay' } },
    { machine: beforeSteps, take: { kind: 'replay' } },
    // Before it was kept who let a hold go by agreeing to what was proposed, or by carrying it out.
    { machine: { ...invoiceAggregate.machine, version: 2 }, take: { kind: 'replay' } },
  ],
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

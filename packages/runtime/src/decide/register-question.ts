import {
  CounterfoilError,
  LookUpRegisterIntent,
  type Message,
  MessageData,
} from '@counterfoil/core'
import * as z from 'zod'
import type { Draft } from './draft.ts'
import { registerQuestion } from './stage-decision.ts'

/** Entries of one answer. A supplier has a handful of invoices that could be the same; more is a broken register. */
const registerAnswerMax = 500

const RegisterQuestion = LookUpRegisterIntent.omit({ kind: true, replyTo: true })

/** True for a queued question to the register of invoice numbers. */
export function isRegisterQuestion(message: Message): boolean {
  return message.type === registerQuestion
}

/** The message that answers a question to the register, under the question's id: the store is asked now. */
export async function answerRegisterQuestion(draft: Draft, question: Message): Promise<Message> {
  const parsed = RegisterQuestion.safeParse(question.data)
  if (!parsed.success) {
    throw new CounterfoilError(
      'INVARIANT_BROKEN',
      `register question \`${question.id}\` cannot be read: ${z.prettifyError(parsed.error)}`,
    )
  }
  const { lookUpId, documentNumber, correctsInvoiceNumber } = parsed.data
  const entries = await draft.store.register({
    tenant: question.tenant,
    buyerOrganisation: parsed.data.buyerOrganisation,
    invoiceNumbers:
      correctsInvoiceNumber === null ? [documentNumber] : [documentNumber, correctsInvoiceNumber],
    invoiceDate: parsed.data.invoiceDate,
    totalAmount: parsed.data.totalAmount,
    exceptInvoiceKey: question.aggregate.key,
    limit: registerAnswerMax,
  })
  return {
    ...question,
    type: 'register.looked-up',
    data: MessageData.parse({ lookUpId, entries: entries.map(({ invoice }) => invoice) }),
  }
}

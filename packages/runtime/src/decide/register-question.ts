import {
  CounterfoilError,
  LookUpRegisterIntent,
  type Message,
  MessageData,
} from '@counterfoil/core'
import * as z from 'zod'
import type { Store } from '../store/store.ts'
import type { RegisterEntry } from '../store/stored-records.ts'
import type { Draft } from './draft.ts'
import { registerQuestion } from './stage-decision.ts'

/** Entries of one answer. A supplier has a handful of invoices that could be the same. */
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
  const { lookUpId, ...asked } = parsed.data
  const entries = await likeInvoices(draft.store, question, asked)
  return {
    ...question,
    type: 'register.looked-up',
    data: MessageData.parse({ lookUpId, entries: entries.map(({ invoice }) => invoice) }),
  }
}

/**
 * Registered invoices that may be the same. Where there are more than an answer holds, those of the same number come
 * first: date and total alone agree by chance, and a duplicate must not be pushed out by them.
 */
async function likeInvoices(
  store: Store,
  { tenant, aggregate }: Message,
  asked: Omit<z.infer<typeof RegisterQuestion>, 'lookUpId'>,
): Promise<readonly RegisterEntry[]> {
  const { documentNumber, correctsInvoiceNumber } = asked
  const request = {
    tenant,
    buyerOrganisation: asked.buyerOrganisation,
    invoiceNumbers:
      correctsInvoiceNumber === null ? [documentNumber] : [documentNumber, correctsInvoiceNumber],
    invoiceDate: asked.invoiceDate,
    totalAmount: asked.totalAmount,
    exceptInvoiceKey: aggregate.key,
    limit: registerAnswerMax,
  }
  const all = await store.register(request)
  if (all.length < registerAnswerMax) return all
  const ofNumber = await store.register({ ...request, totalAmount: null })
  const keys = new Set(ofNumber.map(({ invoiceKey }) => invoiceKey))
  const others = all.filter(({ invoiceKey }) => !keys.has(invoiceKey))
  return [...ofNumber, ...others].slice(0, registerAnswerMax)
}

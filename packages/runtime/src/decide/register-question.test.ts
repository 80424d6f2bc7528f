import { instant, Message, systemActor } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { registered } from '../conformance/records.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { startDraft } from './draft.ts'
import { answerRegisterQuestion } from './register-question.ts'
import { registerQuestion } from './stage-decision.ts'

const at = instant('2026-11-27T09:00:00Z')
const question = Message.parse({
  id: 'question-1',
  tenant: 'acme',
  aggregate: { kind: 'invoice', key: 'asking' },
  type: registerQuestion,
  schemaVersion: 1,
  occurredAt: at,
  receivedAt: at,
  actor: systemActor,
  causedBy: null,
  data: {
    lookUpId: 'look-up-1',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'INV-1',
    normalisedNumber: 'INV-1',
    invoiceType: 'standard',
    invoiceDate: '2026-11-20',
    totalAmount: '100.00',
    currency: 'EUR',
    correctsInvoiceNumber: null,
  },
})

const Answer = z.object({ entries: z.array(z.object({ invoiceNumber: z.string() })) })

async function numbersAnswered(...before: readonly string[]): Promise<readonly string[]> {
  const store = createMemoryStore()
  const elsewhere = { date: '2026-10-01', total: '7' }
  await store.commit({
    register: [
      ...before.map((number) => registered(number)),
      registered('inv 1', { key: 'twin', ...elsewhere }),
    ],
  })
  const { data } = await answerRegisterQuestion(startDraft(store), question)
  const { entries } = Answer.parse(data)
  return entries.map(({ invoiceNumber }) => invoiceNumber)
}

describe('the answer of the register', () => {
  it('names what has the number, or the date and the total, in the order of the register', async () => {
    expect(await numbersAnswered('A-1', 'A-2')).toEqual(['A-1', 'A-2', 'inv 1'])
  })

  it('names what has the number, however many have the date and the total by chance', async () => {
    const many = Array.from({ length: 600 }, (_, index) => `A-${index}`)
    const answered = await numbersAnswered(...many)
    expect(answered).toHaveLength(500)
    expect(answered.slice(0, 2)).toEqual(['inv 1', 'A-0'])
  })
})

import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anInvoice,
  anOrder,
  maria,
  openBooks,
  textAt,
} from '../books.examples.ts'

async function booksOfAnInvoice() {
  const books = openBooks()
  await books.receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
  return books
}
const reference = {
  number: { buyerOrganisation: '0001', supplier: 'S100', invoiceNumber: ' inv-77' },
}

describe('an invoice', () => {
  it('shows what was matched: checks, measured values, allocations, and what would clear each hold', async () => {
    const { ask } = await booksOfAnInvoice()
    const answer = await ask(
      maria,
      `query ($reference: InvoiceReference!) {
        invoice(reference: $reference) {
          invoiceNumber invoiceType state open decision touchless currency totalAmount payableAmount
          invoiceDate dueDate discountDate discountAmount orderNumbers allowancesAmount
          paymentTerms { netDays }
          lines { totalCount nodes { documentLineNumber orderLineNumber quantity amount price { amount } } }
          charges { code } taxes { code } disputes { state } approvals { state } payments { reference }
          match {
            attempt decision payableAmount inputHash
            references { ruleSet version hash }
            failed: checks(within: false) {
              totalCount
              nodes {
                name check invoiceLineNumber orderNumber orderLineNumber expected actual variance percent
                varianceAmount effect holdCode exceptionCode sentence
                tolerance { upper { abs pct } lower { abs pct } combine percentBase }
                discrepancy { kind expected actual difference unitOfMeasure }
                policy { reference { ruleSet version } firedRules because facts }
              }
            }
            passed: checks(within: true) { totalCount }
            checks { totalCount }
            allocations { nodes { invoiceLineNumber receiptNumber quantity } }
            remainders { quantity }
            resolutions { action quantity amount }
          }
          holds(open: true) { nodes { code clearedBy blocks releasable state open exception { code } } }
          released: holds(open: false) { nodes { id } }
          exceptions(open: true) { nodes { code holds { code } } }
        }
      }`,
      { reference },
    )
    expect(answer).toMatchObject({
      invoice: {
        invoiceNumber: 'INV-77',
        state: 'ON_HOLD',
        open: true,
        decision: 'HOLD',
        touchless: false,
        totalAmount: '325.00',
        payableAmount: null,
        dueDate: '2026-12-21',
        discountDate: '2026-12-01',
        discountAmount: '6.50',
        orderNumbers: ['4711'],
        lines: { totalCount: 1, nodes: [{ quantity: '2500', amount: '325.00' }] },
        match: {
          attempt: 1,
          decision: 'HOLD',
          failed: {
            totalCount: 1,
            nodes: [
              {
                invoiceLineNumber: '1',
                orderNumber: '4711',
                orderLineNumber: '10',
                expected: '2000',
                actual: '2500',
                variance: '500',
                percent: '25',
                effect: 'HOLD',
                holdCode: 'QTY_RECEIVED',
                exceptionCode: 'QTY_OVER_RECEIVED',
                tolerance: { upper: { abs: '25', pct: '5' }, combine: 'EITHER' },
                discrepancy: { kind: 'BILLED_OVER_RECEIVED', difference: '500' },
              },
            ],
          },
          allocations: { nodes: [{ receiptNumber: 'GR-1', quantity: '2000' }] },
          remainders: [{ quantity: '500' }],
        },
        holds: {
          nodes: [
            {
              code: 'QTY_RECEIVED',
              clearedBy: 'a receipt of the missing goods, a credit memo, or a release by a person',
              open: true,
              exception: { code: 'QTY_OVER_RECEIVED' },
            },
          ],
        },
        released: { nodes: [] },
        exceptions: { nodes: [{ code: 'QTY_OVER_RECEIVED', holds: [{ code: 'QTY_RECEIVED' }] }] },
      },
    })
    const { match } = Object(answer).invoice
    expect(match.passed.totalCount + match.failed.totalCount).toBe(match.checks.totalCount)
    expect(match.failed.nodes[0].policy[0].reference.ruleSet).toBe('canonical-matching')
  })

  it('says which dates are at risk, as of a day', async () => {
    const { ask } = await booksOfAnInvoice()
    const query = `query ($reference: InvoiceReference!, $today: CalendarDate!, $warnDays: Int) {
      invoice(reference: $reference) {
        datesAtRisk(today: $today, warnDays: $warnDays) { dueDate cashDiscount }
      }
    }`
    const atRisk = async (today: string, warnDays?: number) =>
      Object(await ask(maria, query, { reference, today, warnDays })).invoice.datesAtRisk
    expect(await atRisk('2026-11-27')).toEqual({ dueDate: false, cashDiscount: false })
    expect(await atRisk('2026-11-28')).toEqual({ dueDate: false, cashDiscount: true })
    expect(await atRisk('2026-11-27', 4)).toEqual({ dueDate: false, cashDiscount: true })
    expect(await atRisk('2026-12-20')).toEqual({ dueDate: true, cashDiscount: true })
    await expect(atRisk('2026-11-27', 400)).rejects.toThrow('from 0 to 365')
  })

  it('is released when the missing goods come, and nothing more is at risk', async () => {
    const { ask, receive } = await booksOfAnInvoice()
    await receive(aReceipt('500', 'GR-2'))
    const answer = await ask(
      maria,
      `query ($reference: InvoiceReference!) {
        invoice(reference: $reference) {
          state payableAmount holds { nodes { state open released { by code } } }
          exceptions { nodes { state open resolution { code rootCause } } }
          history(first: 250) { nodes { type } }
        }
      }`,
      { reference },
    )
    expect(answer).toMatchObject({
      invoice: {
        state: 'RELEASED',
        payableAmount: '325.00',
        holds: { nodes: [{ state: 'RELEASED', open: false, released: { by: 'counterfoil' } }] },
        exceptions: {
          nodes: [{ state: 'AUTO_RESOLVED', open: false, resolution: { code: 'cured' } }],
        },
      },
    })
    const types = Object(answer).invoice.history.nodes.map((one: { type: string }) => one.type)
    expect(types.at(0)).toBe('invoice.received')
    expect(types).toContain('invoice.released')
  })

  it('is listed by state and due day, and counted', async () => {
    const { ask } = await booksOfAnInvoice()
    const list = `query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id } } }`
    const found = async (filter: object) =>
      Object(await ask(maria, list, { filter })).invoices.nodes.length
    expect(await found({ state: 'ON_HOLD', dueBefore: '2026-12-21' })).toBe(1)
    expect(await found({ dueBefore: '2026-12-20' })).toBe(0)
    expect(await found({ state: 'PAID' })).toBe(0)
    expect(await ask(maria, '{ invoiceCounts { state open count } }')).toEqual({
      invoiceCounts: [{ state: 'on-hold', open: true, count: 1 }],
    })
    const id = textAt(await ask(maria, list), 'invoices.nodes.0.id')
    const node = `query ($id: ID!) { node(id: $id) { ... on Invoice { invoiceNumber } } }`
    expect(await ask(maria, node, { id })).toEqual({ node: { invoiceNumber: 'INV-77' } })
  })
})

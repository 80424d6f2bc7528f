import { describe, expect, it } from 'vitest'
import { aCount, theInvoice, theOrder, wholeLife } from '../conformance/story-documents.ts'
import { booksOf } from './books.examples.ts'
import { pageRowsMax } from './create-queries.ts'

const tenant = 'acme'
const order = { kind: 'order', key: 'acme/0001/4711' } as const

describe('questions to a runtime', () => {
  it('select orders by state, supplier, organisation and openness', async () => {
    const { queries } = await booksOf(theOrder())
    const [found] = (await queries.orders({ tenant })).rows
    expect(found).toMatchObject({ orderNumber: '4711', state: 'sent', open: true })
    const numbers = async (condition: object) =>
      (await queries.orders({ tenant, ...condition })).rows.map(({ orderNumber }) => orderNumber)
    expect(await numbers({ state: 'sent', supplier: 'S100', open: true })).toEqual(['4711'])
    for (const other of [
      { state: 'draft' },
      { supplier: 'S1' },
      { buyerOrganisation: '2' },
      { open: false },
    ]) {
      expect(await numbers(other)).toEqual([])
    }
    expect(await queries.order({ tenant, orderKey: order.key })).toEqual(found)
    expect(await queries.order({ tenant: 'globex', orderKey: order.key })).toBeNull()
  })

  it('take a day or an instant for the last due time', async () => {
    const { queries } = await booksOf(...wholeLife())
    const numbers = async (dueBefore: string) =>
      (await queries.invoices({ tenant, dueBefore })).rows.map(({ invoiceNumber }) => invoiceNumber)
    expect(await numbers('2026-12-27')).toEqual([])
    expect(await numbers('2026-12-28')).toEqual(['INV-1'])
    expect(await numbers('2026-12-28T00:00:00Z')).toEqual(['INV-1'])
    expect(await numbers('2026-12-27T23:00:00-05:00')).toEqual(['INV-1'])
    const shipments = await queries.shipments({ tenant, dueBefore: '2026-11-27' })
    expect(shipments.rows.map(({ shipNoticeNumber }) => shipNoticeNumber)).toEqual(['ASN-1'])
  })

  it('count every list by state and owner', async () => {
    const { queries } = await booksOf(
      ...wholeLife(),
      theInvoice('150.00', { documentNumber: 'INV-2' }),
    )
    const total = (counts: readonly { readonly count: number }[]) =>
      counts.reduce((sum, { count }) => sum + count, 0)
    expect(total(await queries.ordersByState({ tenant }))).toBe(1)
    expect(total(await queries.shipmentsByState({ tenant }))).toBe(1)
    expect(total(await queries.invoicesByState({ tenant }))).toBe(2)
    const held = (await queries.holds({ tenant })).rows
    expect(held.length).toBeGreaterThan(0)
    const open = (await queries.holdsByOwner({ tenant })).filter((count) => count.open)
    expect(total(open)).toBe(held.length)
    const cases = (await queries.exceptions({ tenant })).rows
    const openCases = (await queries.exceptionsByOwner({ tenant })).filter((count) => count.open)
    expect(total(openCases)).toBe(cases.length)
    expect(await queries.holdsByOwner({ tenant: 'globex' })).toEqual([])
  })

  it('show holds by owner, age and invoice, each with what would clear it', async () => {
    const { queries } = await booksOf(theOrder(), aCount('10'), theInvoice('150.00'))
    const [hold] = (await queries.holds({ tenant })).rows
    if (hold === undefined) throw new Error('nothing is held')
    const { holdId, ownerRole, clearedBy, invoiceKey } = hold
    expect(clearedBy).toContain('credit memo')
    expect(await queries.hold({ tenant, holdId })).toEqual(hold)
    const found = async (condition: object) => (await queries.holds({ tenant, ...condition })).rows
    expect(await found({ ownerRole, supplier: 'S100' })).toContainEqual(hold)
    expect(await found({ aggregate: { kind: 'invoice', key: invoiceKey } })).toContainEqual(hold)
    expect(await found({ openedBefore: '2026-11-27T00:00:00Z' })).toEqual([])
    expect(await found({ open: false })).toEqual([])
    expect(await found({ open: 'both' })).toContainEqual(hold)
  })

  it('read many aggregates at once, in the order asked for', async () => {
    const { queries } = await booksOf(...wholeLife())
    const invoice = { kind: 'invoice', key: 'acme/0001/S100/INV-1/standard' } as const
    const nothing = { kind: 'order', key: 'acme/0001/9' } as const
    const references = [invoice, nothing, order]
    const standing = await queries.aggregates({ tenant, references })
    expect(standing.map((one) => one?.reference ?? null)).toEqual([invoice, null, order])
    const alone = await queries.aggregate({ tenant, reference: order })
    expect(standing[2]).toMatchObject({ version: alone?.version, state: alone?.state })
    expect(await queries.aggregates({ tenant: 'globex', references })).toEqual([null, null, null])
    const tooMany = Array.from({ length: pageRowsMax + 1 }, () => order)
    await expect(queries.aggregates({ tenant, references: tooMany })).rejects.toThrow(
      'ask for 500 at most',
    )
  })

  it('tell why nothing was opened: every document that agreed, with values and rules (R-32)', async () => {
    const { queries } = await booksOf(...wholeLife())
    const { rows } = await queries.comparisons({ tenant, orderKey: order.key })
    const agreeing = rows.filter(({ aggregate }) => aggregate.kind === 'order')
    expect(agreeing.map(({ subject, withinTolerance }) => [subject, withinTolerance])).toEqual([
      ['acknowledgment', true],
      ['ship-notice', true],
      ['receipt', true],
    ])
    expect(agreeing.map(({ sentence }) => sentence)).toEqual([
      'acknowledgment AK-1 says what was ordered: line 1: 10 of 10 EA, on 2026-11-27',
      'ship notice ASN-1 agrees with what was ordered and promised: line 1: 10 of 10 EA, on 2026-11-27',
      'receipt GR-1 is as ordered so far: line 1: 10 of 10 EA, on 2026-11-27',
    ])
    for (const { ruleSets } of agreeing) expect(ruleSets.length).toBeGreaterThan(0)
    const steps = await queries.timeline({ tenant, orderKey: order.key })
    const compared = steps.rows.filter(({ type }) => type === 'document.compared')
    expect(compared.map(({ headline }) => headline)).toEqual([
      'document compared: AK-1',
      'document compared: GR-1',
    ])
    expect(compared.flatMap(({ explanation }) => explanation)).toEqual([
      agreeing[0]?.sentence,
      agreeing[2]?.sentence,
    ])
  })

  it('refuse a page of no rows or of half a row, and give at most 500', async () => {
    const { queries } = await booksOf(theOrder())
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      await expect(queries.orders({ tenant, limit })).rejects.toThrow('ask for a whole number')
    }
    expect((await queries.orders({ tenant, limit: 1_000_000 })).rows).toHaveLength(1)
  })

  it('are refused once the runtime is closed', async () => {
    const { runtime, queries } = await booksOf()
    await runtime.close()
    await expect(queries.orders({ tenant })).rejects.toThrow('the runtime was closed')
  })
})

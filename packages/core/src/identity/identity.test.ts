import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AggregateReference,
  invoiceKey,
  joinKey,
  LineNumber,
  normaliseInvoiceNumber,
  orderKey,
  OrderNumber,
  shipmentKey,
  splitKey,
  tenantOfKey,
} from './identity.ts'

const owner = { tenant: 'acme', buyerOrganisation: '0001' }

describe('keys', () => {
  it('begin with the tenant, then the company that buys', () => {
    expect(orderKey({ ...owner, orderNumber: '4711' })).toBe('acme/0001/4711')
    expect(shipmentKey({ ...owner, supplier: 'S100', documentNumber: 'ASN-1' })).toBe(
      'acme/0001/S100/ASN-1',
    )
    expect(
      invoiceKey({ ...owner, supplier: 'S100', documentNumber: 'INV-1', invoiceType: 'standard' }),
    ).toBe('acme/0001/S100/INV-1/standard')
  })

  it('give the tenant back, whatever is in its name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (tenant) => {
        expect(tenantOfKey(orderKey({ ...owner, tenant, orderNumber: '4711' }))).toBe(tenant)
      }),
    )
  })

  it('are one for an invoice number in capitals or not, with blanks or without', () => {
    expect(normaliseInvoiceNumber('inv 00 42')).toBe('INV0042')
    const keyOf = (documentNumber: string) =>
      invoiceKey({ ...owner, supplier: 'S100', documentNumber, invoiceType: 'standard' })
    expect(keyOf('inv 42')).toBe(keyOf('INV42'))
    expect(keyOf('INV-42')).not.toBe(keyOf('INV42'))
  })

  it('are two for an invoice and its credit memo of the same number', () => {
    const numbered = { ...owner, supplier: 'S100', documentNumber: '42' }
    expect(invoiceKey({ ...numbered, invoiceType: 'standard' })).not.toBe(
      invoiceKey({ ...numbered, invoiceType: 'credit' }),
    )
  })

  it('never collide where a number has a slash or a percent sign in it', () => {
    expect(orderKey({ ...owner, orderNumber: '47/11' })).toBe('acme/0001/47%2F11')
    expect(joinKey(['a/b', 'c'])).not.toBe(joinKey(['a', 'b/c']))
    expect(joinKey(['a%2Fb'])).not.toBe(joinKey(['a/b']))
  })

  it('give back the parts they were made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (parts) => {
        expect(splitKey(joinKey(parts))).toEqual(parts)
      }),
    )
  })

  it('lead to an order, a shipment or an invoice, and to nothing else', () => {
    expect(AggregateReference.safeParse({ kind: 'order', key: 'acme/0001/4711' }).success).toBe(
      true,
    )
    expect(AggregateReference.safeParse({ kind: 'receipt', key: 'x' }).success).toBe(false)
    expect(AggregateReference.safeParse({ kind: 'order', key: '' }).success).toBe(false)
  })
})

describe('numbers of documents and lines', () => {
  it('are text as their sender wrote it, without the blanks around it', () => {
    expect(LineNumber.parse(' 00010 ')).toBe('00010')
    expect(LineNumber.parse('1A')).toBe('1A')
    expect(OrderNumber.safeParse('   ').success).toBe(false)
    expect(OrderNumber.safeParse(4711).success).toBe(false)
    expect(LineNumber.safeParse('9'.repeat(41)).success).toBe(false)
  })
})

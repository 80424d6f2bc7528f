import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet, aRule, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { factsSeen } from './facts-seen.ts'
import { makeProgram } from './program.ts'
import { fillSlots, roomFor } from './run-program.ts'

const present = (fact: string, path?: string) => ({
  fact,
  ...(path === undefined ? {} : { path }),
  operator: 'is-present',
  value: true,
})

const seen = (facts: ExampleJson, ...conditions: unknown[]) => {
  const program = makeProgram(
    aLoadedRuleSet({ rules: [aRule({ conditions: { any: conditions } })] }).rules,
  )
  const slots = roomFor(program)
  fillSlots(program, facts, slots)
  return factsSeen(program.slots, slots.values)
}

describe('the facts a decision stores', () => {
  it('are the values rules looked at, by place, and nothing else', () => {
    const facts = { order: { currency: 'EUR', supplier: 'S1' }, item: { stocked: true } }
    expect(seen(facts, present('order', '$.currency'), present('item', '$.stocked'))).toEqual({
      'item.stocked': true,
      'order.currency': 'EUR',
    })
  })

  it('stand in the order of their places, however they were come to', () => {
    const places = ['order', 'line', 'item', 'supplier', 'invoice']
    const given = seen(
      Object.fromEntries(places.map((one) => [one, null])),
      ...places.map((one) => present(one)),
    )
    expect(Object.keys(given)).toEqual(['invoice', 'item', 'line', 'order', 'supplier'])
  })

  it('are texts, numbers and yes or no as they were', () => {
    const invoice = { number: 'I-1', lineCount: 3, orderCount: -0.5, currency: '' }
    const paths = Object.keys(invoice)
    const given = seen(
      { invoice, item: { stocked: false } },
      ...paths.map((name) => present('invoice', `$.${name}`)),
      present('item', '$.stocked'),
    )
    expect(given).toEqual({
      'invoice.currency': '',
      'invoice.lineCount': 3,
      'invoice.number': 'I-1',
      'invoice.orderCount': -0.5,
      'item.stocked': false,
    })
  })

  it('leave out what was not there, and keep what was null', () => {
    const facts = { item: { category: null } }
    expect(
      seen(facts, present('order', '$.currency'), present('item', '$.category')),
    ).toStrictEqual({
      'item.category': null,
    })
  })

  it('say of a whole record only that it was given', () => {
    expect(seen({ line: { number: '1', amount: '5' } }, present('line'))).toEqual({ line: 'given' })
  })

  it('keep the members of a list, up to a hundred', () => {
    const codes = Array.from({ length: 200 }, (_, index) => `C${index}`)
    const { 'invoice.chargeCodes': kept } = seen(
      { invoice: { chargeCodes: codes } },
      present('invoice', '$.chargeCodes'),
    )
    expect(kept).toEqual(codes.slice(0, 100))
  })

  it('are plain JSON whatever was given', () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic, undefined, 5n, () => 1, Symbol('x'))
    const facts = {
      invoice: { chargeCodes: cyclic, orderCount: Number.NaN, lineCount: Infinity, number: 7n },
      order: { currency: () => 'EUR', supplier: Symbol('S1') },
    }
    const places = [
      ...['$.chargeCodes', '$.orderCount', '$.lineCount', '$.number'].map((path) =>
        present('invoice', path),
      ),
      ...['$.currency', '$.supplier'].map((path) => present('order', path)),
    ]
    expect(seen(facts, ...places)).toEqual({
      'invoice.chargeCodes': ['given', null, '5', 'given', 'given'],
      'invoice.lineCount': 'Infinity',
      'invoice.number': '7',
      'invoice.orderCount': 'NaN',
      'order.currency': 'given',
      'order.supplier': 'given',
    })
  })
})

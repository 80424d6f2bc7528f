import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { anOrder, maria, openBooks } from '../books.examples.ts'
import { createCounterfoilSchema } from '../create-schema.ts'
import type { MetricsDesk, MetricsRequest } from './metrics-desk.ts'

const asked: MetricsRequest[] = []
const desk: MetricsDesk = {
  definitions: ['on-time-inbound', 'exception-aging'].map((name) => ({
    name,
    requirement: 'R-124',
    title: 'On-time inbound performance',
    counts: 'Each schedule.',
    variants: ['first-promise'],
    apart: ['variant'],
  })),
  read: async (request) => {
    asked.push(request)
    return [
      {
        dimensions: { supplier: 'S100', variant: 'first-promise' },
        summaries: { onTime: '0.5', inFull: null },
        orderKeys: ['acme/0001/4711', 'acme/0001/purged'],
      },
    ]
  },
}

describe('metrics', () => {
  it('are asked for by dimensions, down to the orders that are still there (R-70, R-124)', async () => {
    const { runtime, receive } = openBooks()
    await receive(anOrder())
    const schema = createCounterfoilSchema({ runtime, metrics: desk })
    const source = `{
      metrics(names: ["on-time-inbound"], by: [SUPPLIER], where: { week: "2026-W48" }) {
        name requirement
        rows { supplier variant week figures { name value } orderCount orderKeys orders { orderNumber } }
      }
    }`
    const { data, errors } = await graphql({ schema, source, contextValue: { ...maria } })
    expect(errors).toBeUndefined()
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      metrics: [
        {
          name: 'on-time-inbound',
          requirement: 'R-124',
          rows: [
            {
              supplier: 'S100',
              variant: 'first-promise',
              week: null,
              figures: [
                { name: 'onTime', value: '0.5' },
                { name: 'inFull', value: null },
              ],
              orderCount: 2,
              orderKeys: ['acme/0001/4711', 'acme/0001/purged'],
              orders: [{ orderNumber: '4711' }],
            },
          ],
        },
      ],
    })
    expect(asked).toEqual([
      {
        tenant: 'acme',
        metric: 'on-time-inbound',
        now: '2026-11-23T08:00:00Z',
        by: ['supplier'],
        where: { week: '2026-W48' },
      },
    ])
  })

  it('are all there is when none is named, and none where the host measures none', async () => {
    const { runtime, ask } = openBooks()
    expect(await ask(maria, '{ metrics { name } }')).toEqual({ metrics: null })
    const schema = createCounterfoilSchema({ runtime })
    const contextValue = { ...maria, metrics: desk }
    const { data } = await graphql({ schema, source: '{ metrics { name } }', contextValue })
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      metrics: [{ name: 'on-time-inbound' }, { name: 'exception-aging' }],
    })
  })
})

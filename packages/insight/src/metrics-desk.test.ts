import { instant } from '@counterfoil/core'
import { expect, it } from 'vitest'
import { createMetricsDesk } from './metrics-desk.ts'
import { live } from './some-lives.examples.ts'

const life = {
  number: 'PO-1',
  supplier: 'S100',
  item: 'SKU-1',
  ordered: 10,
  issuedAt: '2026-11-23T09:00:00Z',
  wanted: '2026-11-27',
  answer: { at: '2026-11-23T13:00:00Z', promised: '2026-11-27' },
  announced: null,
  counted: { day: '2026-11-27', quantity: 10, damaged: 0 },
  billed: null,
}
const now = instant('2026-12-01T09:00:00Z')
const asked = { tenant: 'acme', metric: 'confirmation-cycle-time', now }

it('a desk answers of the books as they are, however many ask at once, and begins with what another kept', async () => {
  const { store } = await live([life], now)
  const desk = createMetricsDesk({ store })
  const [one, other] = await Promise.all([desk.read(asked), desk.read(asked)])
  // From 9 to 13 in office hours: 4 hours.
  expect(one).toMatchObject([{ summaries: { schedules: '1', medianHours: '4' } }])
  expect(other).toEqual(one)
  expect(await desk.read({ ...asked, metric: 'colour' })).toEqual([])
  const empty = { ...store, events: async () => ({ rows: [], cursor: null }) }
  const next = createMetricsDesk({ store: empty, kept: desk.kept })
  expect(await next.read(asked)).toEqual(one)
  expect(await createMetricsDesk({ store: empty }).read(asked)).toEqual([])
})

it('a desk whose store could not be read is asked again from where it was', async () => {
  const { store } = await live([life], now)
  let isDown = true
  const events: typeof store.events = async (request) => {
    if (isDown) throw new Error('down')
    return store.events(request)
  }
  const desk = createMetricsDesk({ store: { ...store, events } })
  await expect(desk.read(asked)).rejects.toThrow('down')
  isDown = false
  expect(await desk.read(asked)).toHaveLength(1)
})

import { same } from './check.ts'
import { chain, entriesOf, event, eventsOf, message, order, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

/** Events and audit entries. */
export const logCases: StoreCases = {
  'events come in the order of their commits': async ({ store }) => {
    const first = [
      event(1, message('z')),
      event(2, message('y')),
      event(1, message('x', { to: order('2') })),
    ]
    const second = [event(3, message('a')), event(2, message('b', { to: order('2') }))]
    await store.commit({ events: first })
    await store.commit({ events: second })
    const all = eventsOf([...first, ...second])
    same((await store.events({ tenant, limit: 10 })).rows, all, 'the whole log')
    const page = await store.events({ tenant, limit: 3 })
    const rest = await store.events({ tenant, limit: 3, cursor: page.cursor ?? '' })
    same([...page.rows, ...rest.rows], all, 'the log in pages')
    same(rest.cursor, null, 'the cursor of the last page')
  },
  'events of some aggregates are only theirs, and of none are none': async ({ store }) => {
    const shipment = { kind: 'shipment', key: order('1').key } as const
    const added = [
      event(1, message('a')),
      event(1, message('b', { to: order('2') })),
      event(1, message('c', { to: shipment })),
    ]
    await store.commit({ events: added })
    const of = async (aggregates: Parameters<typeof store.events>[0]['aggregates']) =>
      (await store.events({ tenant, aggregates, limit: 10 })).rows.map(({ id }) => id)
    same(await of([order('2'), shipment]), ['b#0', 'c#0'], 'two aggregates')
    same(await of([]), [], 'no aggregate')
    same(await of(undefined), ['a#0', 'b#0', 'c#0'], 'every aggregate')
  },
  'audit entries come chain by chain, each in its own order': async ({ store }) => {
    const invoice = { kind: 'invoice', key: 'acme/i' } as const
    const ids = (prefix: string) => Array.from({ length: 12 }, (_, index) => `${prefix}${index}`)
    const [one, two, three] = [
      chain(order('2'), ids('b')),
      chain(order('1'), ids('a')),
      chain(invoice, ids('c')),
    ]
    await store.commit({ audit: one.slice(0, 5) })
    await store.commit({ audit: [...two, ...three] })
    await store.commit({ audit: one.slice(5) })
    const expected = entriesOf([...three, ...two, ...one])
    same((await store.audit({ tenant, limit: 50 })).rows, expected, 'the whole audit log')
    const found = []
    let cursor: string | undefined
    do {
      const page = await store.audit({ tenant, limit: 7, cursor })
      found.push(...page.rows)
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined && found.length < 100)
    same(found, expected, 'the audit log in pages')
    const own = await store.audit({ tenant, aggregate: order('1'), limit: 50 })
    same(own.rows, entriesOf(two), 'one chain')
    const some = await store.audit({
      tenant,
      aggregate: order('2'),
      eventIds: ['b3', 'b1', 'a1'],
      limit: 50,
    })
    same(
      some.rows.map(({ eventId }) => eventId),
      ['b1', 'b3'],
      'the entries of some events',
    )
    same((await store.audit({ tenant, eventIds: [], limit: 50 })).rows, [], 'of no event')
  },
}

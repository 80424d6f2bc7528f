import type { ViewRequest } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import type { ViewRow } from '../store/stored-records.ts'
import { same } from './check.ts'
import { order, row, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

async function show(store: Store, source: string, rows: readonly ViewRow[]): Promise<void> {
  await store.commit({ rows: [{ tenant, source, aggregate: order(source), rows }] })
}

async function ids(store: Store, wanted: Partial<ViewRequest> = {}): Promise<readonly string[]> {
  const found: string[] = []
  let cursor: string | undefined
  // Pages of two, so that every case is also one of paging.
  do {
    const page = await store.rows({ tenant, view: 'exception', limit: 2, ...wanted, cursor })
    found.push(...page.rows.map(({ id }) => id))
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined && found.length < 100)
  return found
}

/** The work queues. */
export const workRowCases: StoreCases = {
  'a row comes back as it was shown, with its aggregate': async ({ store }) => {
    const shown = row('x', { dueAt: '2026-11-25T13:00:00+01:00', body: { nested: { n: 1.5 } } })
    await show(store, '1', [shown])
    const page = await store.rows({ tenant, view: 'exception', limit: 1 })
    same(page, { rows: [{ ...shown, aggregate: order('1') }], cursor: null }, 'a row')
  },
  'what a source shows replaces all it showed before': async ({ store }) => {
    await show(store, '1', [row('a'), row('b')])
    await show(store, '2', [row('c')])
    await show(store, '1', [row('b', { state: 'closed' }), row('d')])
    same(await ids(store), ['b', 'c', 'd'], 'rows of both sources')
    same(await ids(store, { state: 'closed' }), ['b'], 'a row that changed')
    await show(store, '2', [])
    same(await ids(store), ['b', 'd'], 'a source that shows nothing any more')
  },
  'rows are selected by every condition, and by all together': async ({ store }) => {
    const due = { dueAt: '2026-11-25T13:00:00+01:00', openedAt: '2026-11-24T12:00:00Z' }
    await show(store, '1', [
      row('a', due),
      row('b', { ...due, open: false, state: 'closed' }),
      row('c', { ...due, supplier: 'S200' }),
      row('d', { ...due, ownerRole: 'payables' }),
      row('e', { supplier: null, ownerRole: null }),
      row('f', { ...due, buyerOrganisation: '0002' }),
      row('g', { view: 'hold' }),
    ])
    await show(store, '2', [row('h', due)])
    const cases: readonly (readonly [Partial<ViewRequest>, readonly string[]])[] = [
      [{ id: 'c' }, ['c']],
      [{ open: false }, ['b']],
      [{ open: true }, ['a', 'c', 'd', 'e', 'f', 'h']],
      [{ state: 'closed' }, ['b']],
      [{ supplier: 'S200' }, ['c']],
      [{ ownerRole: 'payables' }, ['d']],
      [{ buyerOrganisation: '0002' }, ['f']],
      [{ aggregate: order('2') }, ['h']],
      [{ view: 'hold' }, ['g']],
      [{ dueBefore: '2026-11-25T12:00:00Z' }, ['a', 'b', 'c', 'd', 'f', 'h']],
      [{ dueBefore: '2026-11-25T11:59:59Z' }, []],
      [{ openedBefore: '2026-11-24T13:00:00+01:00' }, ['a', 'b', 'c', 'd', 'f', 'h']],
      [{ openedBefore: '2026-11-24T11:59:59Z' }, []],
      [
        { open: true, supplier: 'S100', aggregate: order('1'), buyerOrganisation: '0001' },
        ['a', 'd'],
      ],
      [{ id: 'nobody' }, []],
    ]
    for (const [wanted, expected] of cases) {
      same(await ids(store, wanted), expected, JSON.stringify(wanted))
    }
  },
  'rows come by id, by due time or by opening time; rows without a time come last': async ({
    store,
  }) => {
    await show(store, '1', [
      row('d', { dueAt: '2026-11-25T12:00:00Z', openedAt: '2026-11-01T12:00:00Z' }),
      row('b', { dueAt: '2026-11-25T13:00:00+01:00' }),
      row('e', { dueAt: '2026-11-25T11:00:00Z', openedAt: '2026-11-01T11:59:59Z' }),
      row('c', {}),
      row('a', { openedAt: '2026-10-31T12:00:00Z' }),
    ])
    same(await ids(store), ['a', 'b', 'c', 'd', 'e'], 'by id')
    same(await ids(store, { orderBy: 'id' }), ['a', 'b', 'c', 'd', 'e'], 'by id when asked')
    same(await ids(store, { orderBy: 'due' }), ['e', 'b', 'd', 'a', 'c'], 'by due time')
    same(await ids(store, { orderBy: 'opened' }), ['a', 'e', 'd', 'b', 'c'], 'by opening time')
  },
  'text is put in order by code points': async ({ store }) => {
    const names = ['a', 'B', 'ä', 'z', '\uff5e', '\u{1F69A}', 'A', 'aa']
    await show(
      store,
      '1',
      names.map((name) => row(name)),
    )
    const expected = ['A', 'B', 'a', 'aa', 'z', 'ä', '\uff5e', '\u{1F69A}']
    same(await ids(store), expected, 'ids by code points')
  },
  'counts come by state, then owner with none first, open ones first': async ({ store }) => {
    await show(store, '1', [
      row('a', { state: 'b', ownerRole: 'x' }),
      row('b', { state: 'b', ownerRole: 'x' }),
      row('c', { state: 'b', ownerRole: 'x', open: false }),
      row('d', { state: 'b', ownerRole: null }),
      row('e', { state: 'a', ownerRole: 'y' }),
      row('f', { state: 'a', ownerRole: 'x', open: false }),
      row('g', { view: 'hold' }),
    ])
    const count = (state: string, ownerRole: string | null, open: boolean, number: number) => ({
      state,
      ownerRole,
      open,
      count: number,
    })
    same(
      await store.counts({ tenant, view: 'exception' }),
      [
        count('a', 'x', false, 1),
        count('a', 'y', true, 1),
        count('b', null, true, 1),
        count('b', 'x', true, 2),
        count('b', 'x', false, 1),
      ],
      'rows counted',
    )
  },
}

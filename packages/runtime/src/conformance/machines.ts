import type { AggregateReference, MachineStamp } from '@counterfoil/core'
import type { AggregateChange } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { change, order, stateOf } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

/** Which machines made the stored states. */
export const machineCases: StoreCases = {
  'states of all tenants come by tenant, kind and key, in pages': async ({ store }) => {
    const invoice = { kind: 'invoice', key: order('1').key } as const
    await store.commit({
      aggregates: [
        made(order('2'), unshaped),
        made(order('1'), old),
        made(invoice, now),
        made(order('9', 'abc'), now, 'abc'),
      ],
    })
    const all = ['abc order 9', 'acme invoice 1', 'acme order 1', 'acme order 2']
    same((await store.states({ limit: 10 })).rows.map(nameOf), all, 'all states')
    const first = await store.states({ limit: 3 })
    const rest = await store.states({ limit: 3, cursor: first.cursor ?? '' })
    same([...first.rows, ...rest.rows].map(nameOf), all, 'the states in pages')
    same(rest.cursor, null, 'the cursor of the last page')
    const [row] = first.rows
    same(row?.state, { ...stateOf(order('9', 'abc'), 1), machine: now }, 'a state as stored')
  },
  'states of a kind or a machine are only those': async ({ store }) => {
    const invoice = { kind: 'invoice', key: order('1').key } as const
    await store.commit({
      aggregates: [
        made(order('1'), old),
        made(order('2'), now),
        made(order('3'), unshaped),
        made(order('4'), { ...unshaped, version: 2 }),
        made(invoice, old),
      ],
    })
    const of = async (request: Omit<Parameters<Store['states']>[0], 'limit'>) =>
      (await store.states({ ...request, limit: 10 })).rows.map(nameOf)
    same(await of({ kind: 'invoice' }), ['acme invoice 1'], 'a kind')
    same(await of({ machine: old }), ['acme invoice 1', 'acme order 1'], 'a machine')
    same(await of({ machine: now, kind: 'order' }), ['acme order 2'], 'both')
    same(await of({ machine: null }), ['acme order 3', 'acme order 4'], 'states without a shape')
    same(await of({ machine: { ...old, shape: 'other' } }), [], 'a machine that made none')
  },
  'machines are counted by kind, name, version and shape': async ({ store }) => {
    same(await store.machines(), [], 'machines of an empty store')
    const invoice = { kind: 'invoice', key: order('1').key } as const
    await store.commit({
      aggregates: [
        made(order('1'), old),
        made(order('2'), now),
        made(order('3'), unshaped),
        made(order('4', 'other'), { ...old, mappedFrom: { ...unshaped, sequence: 1 } }, 'other'),
        made(invoice, old),
      ],
    })
    const expected = [
      { kind: 'invoice', machine: old, count: 1 },
      { kind: 'order', machine: null, count: 1 },
      { kind: 'order', machine: old, count: 2 },
      { kind: 'order', machine: now, count: 1 },
    ]
    same(await store.machines(), expected, 'machines')
  },
  'text that a database cannot hold is no obstacle': async ({ store }) => {
    const text = '\u0000 \ud800'
    const { state, ...rest } = made(order('1'), old)
    const said = { ...state, said: text }
    await store.commit({ aggregates: [{ ...rest, state: said }, made(order('2'), now)] })
    same(
      (await store.machines()).map(({ count }) => count),
      [1, 1],
      'both are counted',
    )
    same((await store.states({ machine: old, limit: 9 })).rows[0]?.state, said, 'and found')
  },
  'a state that another machine takes over is counted for that, also where nothing happened to it':
    async ({ store }) => {
      const counted = async () => (await store.machines()).map(({ machine }) => machine)
      await store.commit({ aggregates: [change(order('1'), [0, 1])] })
      const takenOver = (machine: MachineStamp): AggregateChange => ({
        ...made(order('1'), machine),
        versionBefore: 1,
      })
      same(await store.commit({ aggregates: [takenOver(old)] }), { kind: 'committed' }, 'taken')
      same(await counted(), [old], 'the first machine')
      await store.commit({ aggregates: [takenOver(now)] })
      same(await counted(), [now], 'the next machine')
      await store.commit({ aggregates: [takenOver(unshaped)] })
      same(await counted(), [null], 'a machine without a shape')
      const late = { ...takenOver(now), versionBefore: 0 }
      same(
        await store.commit({ aggregates: [late] }),
        { kind: 'conflict', on: 'aggregate', key: order('1').key },
        'taken over from a state that was overtaken',
      )
    },
}

const unshaped: MachineStamp = { name: 'conformance', version: 1 }
const old: MachineStamp = { ...unshaped, shape: 'aa' }
const now: MachineStamp = { ...unshaped, version: 2, shape: 'ü' }

function made(
  reference: AggregateReference,
  machine: MachineStamp,
  owner?: string,
): AggregateChange {
  const { state, ...rest } = change(reference, [0, 1], owner)
  return { ...rest, state: { ...state, machine } }
}

function nameOf({
  tenant,
  reference,
}: {
  readonly tenant: string
  readonly reference: AggregateReference
}): string {
  return `${tenant} ${reference.kind} ${reference.key.split('/').at(-1)}`
}

import { AggregateKind, type AggregateState, type MachineStamp } from '@counterfoil/core'
import type { MachineCount, Page, Store, StoredState } from '@counterfoil/runtime'
import { type Condition, equal, readPage, wanted } from './page.ts'
import type { Ask } from './read-lists.ts'
import { bodyOf, numberOf, type SqlRow, storable, textOf, textOrNull } from './stored.ts'

/** A page of states, those of a kind or a machine where one is named. */
export function readStates(
  ask: Ask,
  request: Parameters<Store['states']>[0],
  version: number,
): Promise<Page<StoredState>> {
  const { kind, machine } = request
  return readPage(ask, request, {
    select: `SELECT tenant, kind, key, body FROM ${tableOf(version)}`,
    where: wanted(['true'], equal('kind', kind), machine === undefined ? null : madeBy(machine)),
    orderBy: [
      ['tenant', 'text'],
      ['kind', 'text'],
      ['key', 'text'],
    ],
    rowOf: stateOf,
  })
}

/** The first schema in which a state has its machine in columns beside it. */
const machinesSince = 4

/** Books of an earlier schema, which are read before a release brings them up to date, hold states without a shape. */
function tableOf(version: number): string {
  if (version >= machinesSince) return 'aggregate'
  return `(SELECT *, NULL::text AS machine, NULL::bigint AS machine_version, NULL::text AS shape
    FROM aggregate) AS aggregate`
}

function madeBy(machine: MachineStamp | null): Condition {
  if (machine?.shape === undefined) return ['shape IS NULL']
  const { name, version, shape } = machine
  const same = 'machine = ? AND machine_version = ? AND shape = ?'
  return [same, storable(name), version, storable(shape)]
}

function stateOf(row: SqlRow): StoredState {
  return {
    tenant: textOf(row, 'tenant'),
    reference: { kind: AggregateKind.parse(row['kind']), key: textOf(row, 'key') },
    state: bodyOf<AggregateState>(row),
  }
}

/** How many states each machine made. */
export async function countMachines(ask: Ask, version: number): Promise<readonly MachineCount[]> {
  const rows = await ask({
    sql: `SELECT kind, machine, machine_version, shape, count(*) AS count FROM ${tableOf(version)}
      GROUP BY kind, machine, machine_version, shape
      ORDER BY kind, machine NULLS FIRST, machine_version, shape`,
    values: [],
  })
  return rows.map((row) => ({
    kind: AggregateKind.parse(row['kind']),
    machine:
      textOrNull(row, 'shape') === null
        ? null
        : {
            name: textOf(row, 'machine'),
            version: numberOf(row, 'machine_version'),
            shape: textOf(row, 'shape'),
          },
    count: numberOf(row, 'count'),
  }))
}

import { AggregateKind, type AggregateState, type MachineStamp } from '@counterfoil/core'
import type { MachineCount, Page, Store, StoredState } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { type Condition, equal, readPage, wanted } from './page.ts'
import { bodyOf, numberOf, textOf, textOrNull } from './stored.ts'

/** A page of states, those of a kind or a machine where one is named. */
export function readStates(
  database: Database,
  request: Parameters<Store['states']>[0],
): Page<StoredState> {
  const { kind, machine } = request
  return readPage(database, request, {
    select: 'SELECT tenant, kind, key, body FROM aggregate',
    where: wanted(['true'], equal('kind', kind), machine === undefined ? null : madeBy(machine)),
    orderBy: ['tenant', 'kind', 'key'],
    rowOf: stateOf,
  })
}

const nameIn = "json_extract(body, '$.machine.name')"
const versionIn = "json_extract(body, '$.machine.version')"
const shapeIn = "json_extract(body, '$.machine.shape')"

function madeBy(machine: MachineStamp | null): Condition {
  if (machine?.shape === undefined) return [`${shapeIn} IS NULL`]
  const { name, version, shape } = machine
  return [`${nameIn} = ? AND ${versionIn} = ? AND ${shapeIn} = ?`, name, version, shape]
}

function stateOf(row: SqlRow): StoredState {
  return {
    tenant: textOf(row, 'tenant'),
    reference: { kind: AggregateKind.parse(row['kind']), key: textOf(row, 'key') },
    state: bodyOf<AggregateState>(row),
  }
}

/** How many states each machine made. */
export function countMachines(database: Database): readonly MachineCount[] {
  const rows = database.all(
    `SELECT kind, name, version, shape, count(*) AS count FROM (
       SELECT kind, ${shapeIn} AS shape, iif(${shapeIn} IS NULL, NULL, ${nameIn}) AS name,
         iif(${shapeIn} IS NULL, NULL, ${versionIn}) AS version FROM aggregate)
     GROUP BY kind, name, version, shape ORDER BY kind, name, version, shape`,
  )
  return rows.map((row) => {
    const shape = textOrNull(row, 'shape')
    return {
      kind: AggregateKind.parse(row['kind']),
      machine:
        shape === null
          ? null
          : { name: textOf(row, 'name'), version: numberOf(row, 'version'), shape },
      count: numberOf(row, 'count'),
    }
  })
}

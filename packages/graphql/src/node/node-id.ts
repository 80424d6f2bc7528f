import { joinKey } from '@counterfoil/core'
import { decodeOpaque, encodeOpaque } from '../paging/opaque-text.ts'
import { requestError } from '../request/request-error.ts'

/** The types that have an id of their own. */
export const nodeTypes = ['Order', 'Shipment', 'Invoice', 'ExceptionCase', 'Hold'] as const
export type NodeType = (typeof nodeTypes)[number]

/** What an id says: a type, and what the tenant knows the thing by. */
export type NodeKey = { readonly type: NodeType; readonly key: string }

/** The id of something. Whose books are looked into, only the host says, whatever the id. */
export function nodeId({ type, key }: NodeKey): string {
  return encodeOpaque(`${type}:${key}`)
}

/** The id of an order, shipment or invoice, whose key begins with the tenant. */
export function aggregateNodeId(type: NodeType, aggregateKey: string): string {
  return nodeId({ type, key: aggregateKey.slice(aggregateKey.indexOf('/') + 1) })
}

/** What an id says. Refuses a text that is no id of ours. */
export function readNodeId(id: string): NodeKey {
  const text = decodeOpaque(id) ?? ''
  const colon = text.indexOf(':')
  const type = nodeTypes.find((one) => one === text.slice(0, colon))
  if (type === undefined || colon === text.length - 1) {
    throw requestError('ID_INVALID', 'there can be no such id: give an `id` this schema gave')
  }
  return { type, key: text.slice(colon + 1) }
}

/** What an id of a wanted type says. Refuses the id of something else. */
export function readNodeIdOf(type: NodeType, id: string): string {
  const read = readNodeId(id)
  if (read.type === type) return read.key
  throw requestError('ID_INVALID', `that is the id of ${read.type}: give one of ${type}`)
}

/** The key of an order, shipment or invoice of a tenant, from what its id says. */
export function aggregateKeyOf(tenant: string, key: string): string {
  return `${joinKey([tenant])}/${key}`
}

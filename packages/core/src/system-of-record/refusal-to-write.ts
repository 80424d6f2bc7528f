import type { Intent } from '../message/intent.ts'
import type { Actor } from '../message/actor.ts'
import type { Ownership, RecordKind, SystemOfRecordContract } from './contract.ts'
import { ownershipOf, systemOf } from './owner-of.ts'

/** Why a field is not written, and who owns it; null when it may be. */
export type WriteRefusal = {
  readonly reason:
    | 'not-in-contract'
    | 'owned-elsewhere'
    | 'never-written'
    | 'not-a-proposer'
    | 'expected-version-missing'
  readonly owner: string | null
  readonly record: RecordKind | null
  readonly path: string | null
  readonly sentence: string
}

/** What a contract looks at of a write-back. */
export type WriteBack = Pick<
  Extract<Intent, { readonly kind: 'write-back' }>,
  'system' | 'record' | 'expectedVersion'
>

/**
 * Why a system is not to be asked to write a record down: the contract names no such write, another system owns what it
 * writes, or the version that was seen is not named where it has to be (INV-20). Null when it may be asked.
 */
export function refusalToWrite(
  contract: SystemOfRecordContract,
  { system, record: written, expectedVersion }: WriteBack,
): WriteRefusal | null {
  const places = placesOf(contract, ({ writeBacks = [] }) =>
    writeBacks.some((pattern) => isCarried(pattern, written)),
  )
  const place = places.find(({ terms }) => terms.owner === system) ?? places[0]
  if (place === undefined) {
    const sentence = `contract \`${nameOf(contract)}\` names no write of \`${written}\`: nothing was written`
    return { reason: 'not-in-contract', owner: null, record: null, path: null, sentence }
  }
  const { record, path, terms } = place
  const { owner, writing, direction } = terms
  const refuse = (reason: WriteRefusal['reason'], sentence: string): WriteRefusal => ({
    reason,
    owner,
    record,
    path,
    sentence,
  })
  if (owner !== system) {
    const sentence = `\`${written}\` belongs to ${owner}, and ${system} was to write it: nothing was written`
    return refuse('owned-elsewhere', sentence)
  }
  if (writing.by === 'never' || direction === 'in') {
    return refuse('never-written', `only ${owner} itself says \`${written}\`: nothing was written`)
  }
  if (writing.expectedVersion && expectedVersion === null) {
    const sentence = `the write of \`${written}\` does not say on which version of ${owner} it is based: nothing was written`
    return refuse('expected-version-missing', sentence)
  }
  return null
}

/**
 * Why somebody may not say something that is owned elsewhere: a program of another system, or a person who may not propose
 * it, or one who does not name the version seen where that is asked for. Null for what the contract says nothing about.
 */
export function refusalToSay(
  contract: SystemOfRecordContract,
  said: {
    readonly type: string
    readonly actor: Pick<Actor, 'kind' | 'id' | 'roles'>
    readonly expectedVersion: number | null
  },
): WriteRefusal | null {
  const places = placesOf(contract, ({ commands = [] }) => commands.includes(said.type))
  const refusals = places.map((place) => refusalAt(contract, place, said))
  return refusals.find((refusal) => refusal !== null) ?? null
}

function refusalAt(
  contract: SystemOfRecordContract,
  { record, path, terms }: Place,
  { type, actor, expectedVersion }: Parameters<typeof refusalToSay>[1],
): WriteRefusal | null {
  const { owner, proposers, writing } = terms
  const isProgram = actor.kind === 'connector'
  const system = isProgram ? systemOf(contract, actor.id) : null
  // What the product decides by itself follows from what was told; it is held to the contract where it is written.
  if (actor.kind === 'system' || system === owner) return null
  const isProposer = isProgram
    ? system !== null && proposers.includes(system)
    : actor.roles.some((role) => proposers.includes(role))
  if (!isProposer) {
    const who = isProgram ? (system ?? `connection \`${actor.id}\``) : `\`${actor.id}\``
    const reason = isProgram ? 'owned-elsewhere' : 'not-a-proposer'
    const sentence = `${owner} owns what \`${type}\` says, and ${who} may not propose it`
    return { reason, owner, record, path, sentence }
  }
  if (!writing.expectedVersion || expectedVersion !== null) return null
  const sentence = `${owner} owns what \`${type}\` says: name the version you saw`
  return { reason: 'expected-version-missing', owner, record, path, sentence }
}

/** A place of the contract that something is carried by. */
type Place = { readonly record: RecordKind; readonly path: string; readonly terms: Ownership }

function placesOf(
  { records }: SystemOfRecordContract,
  carries: (carrier: {
    readonly writeBacks?: readonly string[] | undefined
    readonly commands?: readonly string[] | undefined
  }) => boolean,
): readonly Place[] {
  return records.flatMap((terms): readonly Place[] => [
    ...(carries(terms) ? [{ record: terms.record, path: '', terms: ownershipOf(terms) }] : []),
    ...terms.fields.filter(carries).map((field) => ({
      record: terms.record,
      path: field.path,
      terms: ownershipOf(terms, field),
    })),
  ])
}

/** True where a pattern names a record; a star at its end stands for the rest. */
function isCarried(pattern: string, record: string): boolean {
  return pattern.endsWith('*') ? record.startsWith(pattern.slice(0, -1)) : pattern === record
}

function nameOf({ id, version }: SystemOfRecordContract): string {
  return `${id}@${version}`
}

import { hashOf } from '../hash/content-hash.ts'
import { type ContractReference, RecordKind, SystemOfRecordContract } from './contract.ts'

/** Something wrong in a file, with the place as a JSON Pointer (RFC 6901). */
export type PlacedFinding = {
  /** Stable, kebab-case. */
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly pointer: string
  readonly sentence: string
}

/** A contract that was read, or what is wrong with it. Usable where `contract` is not null; warnings may stand beside. */
export type CheckedContract = {
  readonly contract: SystemOfRecordContract | null
  /** Null where the contract cannot be used. */
  readonly reference: ContractReference | null
  readonly findings: readonly PlacedFinding[]
}

/**
 * Reads a contract: its form, that every system it names is declared, that no connection and no write-back belongs to two
 * systems, and that no field has two owners. Never throws; every finding names its place.
 */
export function checkContract(text: unknown): CheckedContract {
  const parsed = SystemOfRecordContract.safeParse(text)
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path, message }): PlacedFinding => ({
      rule: 'contract-form',
      severity: 'error',
      pointer: pointerTo(path),
      sentence: message,
    }))
    return { contract: null, reference: null, findings }
  }
  const contract = parsed.data
  const findings = [
    ...dates(contract),
    ...systems(contract),
    ...records(contract),
    ...carriers(contract),
  ]
  const isBroken = findings.some(({ severity }) => severity === 'error')
  return isBroken
    ? { contract: null, reference: null, findings }
    : { contract, reference: contractReference(contract), findings }
}

/** A contract as a decision names it. */
export function contractReference(contract: SystemOfRecordContract): ContractReference {
  const { $schema: _, ...content } = contract
  return { contract: contract.id, version: contract.version, hash: hashOf(content) }
}

/** A place in a JSON text: `/records/0/owner`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function dates({ effectiveFrom, effectiveTo }: SystemOfRecordContract): readonly PlacedFinding[] {
  return effectiveTo !== undefined && effectiveTo < effectiveFrom
    ? [
        error(
          'contract-period',
          ['effectiveTo'],
          `the last day is before the first, ${effectiveFrom}`,
        ),
      ]
    : []
}

function systems({ systems: declared }: SystemOfRecordContract): readonly PlacedFinding[] {
  const connections = new Map<string, string>()
  return declared.flatMap(({ system, connections: named }, index) => [
    ...(declared.findIndex((one) => one.system === system) < index
      ? [error('system-twice', ['systems', index], `\`${system}\` is declared twice`)]
      : []),
    ...named.flatMap((connection, at) => {
      const other = connections.get(connection)
      connections.set(connection, system)
      return other === undefined
        ? []
        : [
            error(
              'connection-twice',
              ['systems', index, 'connections', at],
              `connection \`${connection}\` speaks for \`${other}\` already`,
            ),
          ]
    }),
  ])
}

function records({ systems: declared, records: named }: SystemOfRecordContract) {
  const known = new Set(declared.map(({ system }) => system))
  const owned = (
    owner: string | undefined,
    path: readonly PropertyKey[],
  ): readonly PlacedFinding[] =>
    owner === undefined || known.has(owner)
      ? []
      : [error('system-unknown', path, `\`${owner}\` is not among the systems of the contract`)]
  const missing = RecordKind.options.filter((kind) => !named.some(({ record }) => record === kind))
  return [
    ...named.flatMap(
      ({ record, owner, createdBy = [], fields }, index): readonly PlacedFinding[] => [
        ...(named.findIndex((one) => one.record === record) < index
          ? [error('record-twice', ['records', index], `\`${record}\` is described twice`)]
          : []),
        ...owned(owner, ['records', index, 'owner']),
        ...createdBy.flatMap((system, at) => owned(system, ['records', index, 'createdBy', at])),
        ...fields.flatMap((field, at) =>
          owned(field.owner, ['records', index, 'fields', at, 'owner']),
        ),
        ...fieldsTwice(fields.map(({ path }) => path)).map((at) =>
          error(
            'field-twice',
            ['records', index, 'fields', at],
            `\`${fields[at]?.path ?? ''}\` means fields that another entry of the same length means too`,
          ),
        ),
      ],
    ),
    ...missing.map((kind): PlacedFinding => ({
      rule: 'record-missing',
      severity: 'warning',
      pointer: '/records',
      sentence: `nothing is said of \`${kind}\`: whatever any system says of it is taken`,
    })),
  ]
}

/** Entries that could both mean one field without one of them being closer: the owner would depend on their order. */
function fieldsTwice(paths: readonly string[]): readonly number[] {
  return paths.flatMap((path, index) =>
    paths.slice(0, index).some((other) => isTie(path.split('/'), other.split('/'))) ? [index] : [],
  )
}

function isTie(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  const meet = a.every((part, at) => part === b[at] || part === '*' || b[at] === '*')
  const isOrdered = a.some((part, at) => (part === '*') !== (b[at] === '*'))
  return meet && !isOrdered
}

/** A write or a command that two systems own would be allowed by the one and refused by the other. */
function carriers({ records: named }: SystemOfRecordContract): readonly PlacedFinding[] {
  const owners = new Map<string, string>()
  return named.flatMap((terms, index) => {
    const places = [
      { path: ['records', index] as PropertyKey[], owner: terms.owner, carrier: terms },
      ...terms.fields.map((field, at) => ({
        path: ['records', index, 'fields', at] as PropertyKey[],
        owner: field.owner ?? terms.owner,
        carrier: field,
      })),
    ]
    return places.flatMap(({ path, owner, carrier }) =>
      (['writeBacks', 'commands'] as const).flatMap((name) =>
        (carrier[name] ?? []).flatMap((carried, at) => {
          const other = owners.get(`${name} ${carried}`)
          owners.set(`${name} ${carried}`, owner)
          return other === undefined || other === owner
            ? []
            : [
                error(
                  'owners-differ',
                  [...path, name, at],
                  `\`${carried}\` belongs to \`${other}\` elsewhere in the contract, and to \`${owner}\` here`,
                ),
              ]
        }),
      ),
    )
  })
}

function error(rule: string, path: readonly PropertyKey[], sentence: string): PlacedFinding {
  return { rule, severity: 'error', pointer: pointerTo(path), sentence }
}

import type {
  FieldTerms,
  Ownership,
  RecordKind,
  RecordTerms,
  SystemOfRecordContract,
} from './contract.ts'

/** Who owns a field and on which terms; null where the contract does not speak about the kind of record. */
export function ownerOf(
  contract: SystemOfRecordContract,
  record: RecordKind,
  path: string,
): Ownership | null {
  const terms = termsOf(contract, record)
  if (terms === null) return null
  const [best] = terms.fields.filter(({ path: pattern }) => covers(pattern, path)).toSorted(closer)
  return ownershipOf(terms, best)
}

/** What the contract says of a kind of record; null where it says nothing. */
export function termsOf(contract: SystemOfRecordContract, record: RecordKind): RecordTerms | null {
  return contract.records.find((terms) => terms.record === record) ?? null
}

/** The terms of a field: its own, and its record's where it has none. */
export function ownershipOf(record: RecordTerms, field?: FieldTerms): Ownership {
  return {
    owner: field?.owner ?? record.owner,
    proposers: field?.proposers ?? record.proposers,
    direction: field?.direction ?? record.direction,
    writing: field?.writing ?? record.writing,
    drift: field?.drift ?? record.drift,
  }
}

/** True where a pattern names the path or something it lies in: the price of a line covers its amount. */
export function covers(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length <= given.length && wanted.every((part, at) => part === '*' || part === given[at])
  )
}

// The longer pattern says more, and of two as long the one with a name where the other has a star, from the left.
function closer({ path: a }: FieldTerms, { path: b }: FieldTerms): number {
  const left = a.split('/')
  const right = b.split('/')
  if (left.length !== right.length) return right.length - left.length
  for (const [at, part] of left.entries()) {
    if ((part === '*') !== (right[at] === '*')) return part === '*' ? 1 : -1
  }
  return 0
}

/**
 * The system that speaks through a connection: named in full beats a beginning with a star, and of those the longest. Null
 * where no system of the contract speaks through it.
 */
export function systemOf(contract: SystemOfRecordContract, connection: string): string | null {
  let best: { readonly system: string; readonly weight: number } | null = null
  for (const { system, connections } of contract.systems) {
    for (const pattern of connections) {
      const weight = weightOf(pattern, connection)
      if (weight !== null && (best === null || weight > best.weight)) best = { system, weight }
    }
  }
  return best?.system ?? null
}

function weightOf(pattern: string, connection: string): number | null {
  if (pattern === connection) return Number.MAX_SAFE_INTEGER
  if (!pattern.endsWith('*')) return null
  return connection.startsWith(pattern.slice(0, -1)) ? pattern.length : null
}

/** True where a record of that kind may begin with what that system sends. */
export function mayCreate(
  contract: SystemOfRecordContract,
  record: RecordKind,
  system: string | null,
): boolean {
  const terms = termsOf(contract, record)
  if (terms === null) return true
  return system !== null && (system === terms.owner || (terms.createdBy ?? []).includes(system))
}

/** The contract in force on a business day: of those that began, the one that began last. Null before the first. */
export function pickContract(
  contracts: readonly SystemOfRecordContract[],
  on: string,
): SystemOfRecordContract | null {
  const inForce = contracts.filter(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom <= on && (effectiveTo === undefined || on <= effectiveTo),
  )
  return (
    inForce.toSorted((a, b) =>
      a.effectiveFrom === b.effectiveFrom ? 0 : a.effectiveFrom < b.effectiveFrom ? 1 : -1,
    )[0] ?? null
  )
}

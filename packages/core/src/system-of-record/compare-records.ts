import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { isDecimal } from '../decimal/decimal-text.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import type { RecordKind, SystemOfRecordContract } from './contract.ts'
import type { FieldDrift } from './drift.ts'
import { ownerOf } from './owner-of.ts'

/** What a document came to under a contract: the text that is taken, and what of it was not. */
export type OwnedText<Document> = {
  /** Theirs where the system may say it, ours elsewhere. */
  readonly document: Document
  /** In the order of the text. */
  readonly drift: readonly FieldDrift[]
  /** False where nothing of it differs from ours any more. */
  readonly isNews: boolean
}

/** What a text is held against, and on which terms. */
export type OwnedComparison<Document> = {
  readonly contract: SystemOfRecordContract
  readonly record: RecordKind
  /** Who says `theirs`; null for a connection the contract does not know. */
  readonly system: string | null
  readonly ours: Document
  readonly theirs: Document
  /**
   * True for a later version or revision: what its owner says then is a decision of the owner and is taken. At the same
   * version what differs has come apart, and the contract says what is done about it.
   */
  readonly isLater: boolean
}

/**
 * Holds what a system says against what stands here, field by field. What it does not own is not taken, and is reported;
 * what it owns is taken where it is a later version, and at the same version as the contract says. Lists are compared by
 * the numbers of their lines, schedules and codes. Fields the contract does not speak about are taken as they come.
 */
export function takeOwned<Document extends object>(
  comparison: OwnedComparison<Document>,
): OwnedText<Document> {
  const drift: FieldDrift[] = []
  const { ours, theirs } = comparison
  const document = merge(comparison, drift, { path: '', ours, theirs }) as Document
  const isNews = canonicalJson(withoutHead(document)) !== canonicalJson(withoutHead(ours))
  return { document, drift, isNews }
}

/** Where two texts are compared. */
type Pair = { readonly path: string; readonly ours: unknown; readonly theirs: unknown }

function merge<Document>(
  comparison: OwnedComparison<Document>,
  drift: FieldDrift[],
  { path, ours, theirs }: Pair,
): unknown {
  if (isList(ours) && isList(theirs)) {
    const key = keyOf([ours, theirs])
    if (key !== null) return mergeLists(comparison, drift, { path, ours, theirs, key })
  }
  if (isObject(ours) && isObject(theirs)) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
    return Object.fromEntries(
      names.flatMap((name) => {
        const isHead = path === '' && head.has(name)
        const value = isHead
          ? theirs[name]
          : merge(comparison, drift, {
              path: under(path, name),
              ours: ours[name],
              theirs: theirs[name],
            })
        return value === undefined ? [] : [[name, value]]
      }),
    )
  }
  return isSame(path, ours, theirs) ? theirs : decide(comparison, drift, { path, ours, theirs })
}

function mergeLists<Document>(
  comparison: OwnedComparison<Document>,
  drift: FieldDrift[],
  {
    path,
    ours,
    theirs,
    key,
  }: {
    readonly path: string
    readonly ours: readonly unknown[]
    readonly theirs: readonly unknown[]
    readonly key: string
  },
): readonly unknown[] {
  const numberOf = (one: unknown): string => (isObject(one) ? String(one[key]) : '')
  const known = new Map(ours.map((one) => [numberOf(one), one]))
  const said = new Set(theirs.map(numberOf))
  const taken = theirs.flatMap((one) => {
    const number = numberOf(one)
    const value = merge(comparison, drift, {
      path: under(path, number),
      ours: known.get(number),
      theirs: one,
    })
    return value === undefined ? [] : [value]
  })
  const missing = ours.flatMap((one) => {
    const number = numberOf(one)
    if (said.has(number)) return []
    const value = decide(comparison, drift, {
      path: under(path, number),
      ours: one,
      theirs: undefined,
    })
    return value === undefined ? [] : [value]
  })
  return [...taken, ...missing]
}

function decide<Document>(
  { contract, record, system, isLater }: OwnedComparison<Document>,
  drift: FieldDrift[],
  { path, ours, theirs }: Pair,
): unknown {
  const terms = ownerOf(contract, record, path)
  if (terms === null) return theirs
  const { owner, drift: policy } = terms
  const isOwner = system === owner
  if (isOwner && isLater) return theirs
  const taken = isOwner && policy === 'adopt'
  drift.push({ record, path, ours: textOf(ours), theirs: textOf(theirs), owner, policy, taken })
  return taken ? theirs : ours
}

/** What tells texts apart and is no field of the record. */
const head: ReadonlySet<string> = new Set([
  'kind',
  'tenant',
  'buyerOrganisation',
  'documentNumber',
  'revision',
  'version',
  'revisionReason',
  'issuedAt',
  'origin',
  'notes',
])

function withoutHead(document: object): object {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !head.has(name)))
}

const keys = ['documentLineNumber', 'orderLineNumber', 'scheduleNumber', 'code'] as const

/** What the members of lists are known by; null for members of another kind, or where one number stands twice. */
function keyOf(lists: readonly (readonly unknown[])[]): string | null {
  const isKey = (key: string): boolean =>
    lists.every((list) => {
      const numbers = list.map((one) => (isObject(one) ? one[key] : undefined))
      const isNumbered = numbers.every((number) => typeof number === 'string')
      return isNumbered && new Set(numbers).size === numbers.length
    })
  return lists.every(({ length }) => length === 0) ? null : (keys.find(isKey) ?? null)
}

/** Fields that hold an exact number, of which `12.4` and `12.40` are the same. */
const numeric = /(^|[a-z])(amount|quantity|percent|rate|limit|numerator|denominator)([A-Z]|$)/i

function isSame(path: string, ours: unknown, theirs: unknown): boolean {
  if (canonicalJson(ours ?? null) === canonicalJson(theirs ?? null)) return true
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  return (
    numeric.test(name) &&
    isDecimal(ours) &&
    isDecimal(theirs) &&
    compareDecimals(ours, theirs) === 0
  )
}

function under(path: string, name: string): string {
  const part = name.replaceAll('/', '%2F')
  return (path === '' ? part : `${path}/${part}`).slice(0, 300)
}

/** A value as it is reported: texts as they are, all else as canonical JSON, null for nothing. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return (typeof value === 'string' ? value : canonicalJson(value)).slice(0, 400)
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

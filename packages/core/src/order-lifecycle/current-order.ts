import type { Instant } from '../calendar/instant.ts'
import { compareInstants } from '../calendar/instant.ts'
import { applyDifferences, isInForce } from '../order-change/apply-differences.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { OrderFacts, OrderVersion } from './order-facts.ts'

/** The order as it stands, and every version there was. */
export type CurrentOrder = {
  readonly order: PurchaseOrder
  /** Ascending; the last is current. */
  readonly versions: readonly OrderVersion[]
  /** Accepted changes that another change or version overtook, by id. */
  readonly superseded: readonly string[]
  /** Accepted changes that a version of the ERP carries out. */
  readonly carriedOut: readonly string[]
}

/**
 * The current version: the latest the ERP issued, and the accepted changes made on top of it. Of several accepted
 * changes of one version the one decided first makes the next version, the others are superseded. The ERP is the system
 * of record: where it issues a version itself, that version stands.
 */
export function currentOrder(
  facts: Pick<OrderFacts, 'issued' | 'versions' | 'changes' | 'decisions'>,
): CurrentOrder | null {
  const { issued, versions, decisions } = facts
  if (issued === null) return null
  const known = remembered.get(issued)
  if (known?.versions === versions && known.decisions === decisions) return known.current
  const current = workOutCurrent({ ...facts, issued })
  remembered.set(issued, { versions, decisions, current })
  return current
}

// Asked for every message of an order, and the same until a version or a decision comes.
const remembered = new WeakMap<
  PurchaseOrder,
  Pick<OrderFacts, 'versions' | 'decisions'> & { readonly current: CurrentOrder }
>()

function workOutCurrent(
  facts: Pick<OrderFacts, 'versions' | 'changes' | 'decisions'> & {
    readonly issued: PurchaseOrder
  },
): CurrentOrder {
  const agreements = agreementsOf(facts)
  const superseded: string[] = []
  const carriedOut: string[] = []
  for (const agreement of agreements.filter(({ basedOn }) => basedOn < issuedVersion(facts))) {
    const isDone = isCarriedOut(facts.versions, agreement)
    ;(isDone ? carriedOut : superseded).push(agreement.changeId)
  }
  let order = facts.issued
  const versions = [...facts.versions]
  for (;;) {
    const fitting = agreements.filter(({ basedOn }) => basedOn === order.version)
    const winner = fitting.find(
      (agreement) => !isEcho(order, agreement) && nextVersion(order, agreement) !== null,
    )
    const next = winner === undefined ? null : nextVersion(order, winner)
    for (const agreement of fitting) {
      if (agreement === winner) continue
      const isDone = isEcho(next ?? order, agreement) || isEcho(order, agreement)
      ;(isDone ? carriedOut : superseded).push(agreement.changeId)
    }
    if (next === null) break
    order = next
    versions.push(outlineOf(order, 'agreed', winner?.changeId))
  }
  return { order, versions, superseded, carriedOut }
}

/** An accepted change: what it makes of which version, and when that was decided. */
type Agreement = {
  readonly changeId: string
  readonly basedOn: number
  readonly at: Instant
  readonly differences: readonly OrderDifference[]
}

/** Accepted changes in the order of their decisions. */
function agreementsOf(facts: Pick<OrderFacts, 'decisions'>): readonly Agreement[] {
  const agreements: Agreement[] = []
  for (const [changeId, decision] of Object.entries(facts.decisions)) {
    if (decision.decision !== 'accept') continue
    const { basedOnVersion: basedOn, at, differences } = decision
    agreements.push({ changeId, basedOn, at, differences })
  }
  return agreements.toSorted((a, b) => {
    const byTime = compareInstants(a.at, b.at)
    return byTime === 0 ? (a.changeId < b.changeId ? -1 : 1) : byTime
  })
}

/** What a change asks for is so already: a system repeats what it was told, which changes nothing and is told nobody. */
function isEcho(order: PurchaseOrder, { differences }: Agreement): boolean {
  return differences.every((difference) => isInForce(order, difference))
}

function issuedVersion({ issued }: { readonly issued: PurchaseOrder }): number {
  return issued.version
}

/** The version that came next after one: systems do not all count by ones. */
export function versionAfter(
  versions: readonly OrderVersion[],
  version: number,
): OrderVersion | undefined {
  return versions.find((one) => one.version > version)
}

/** True where the version the ERP issued next says what the change wanted. */
function isCarriedOut(versions: readonly OrderVersion[], agreement: Agreement): boolean {
  const next = versionAfter(versions, agreement.basedOn)
  if (next === undefined) return false
  return agreement.differences.every((difference) => isInForce(next, difference))
}

function nextVersion(order: PurchaseOrder, agreement: Agreement): PurchaseOrder | null {
  const applied = applyDifferences(order, agreement.differences)
  if (applied.outcome === 'refused') return null
  const { origin: _, notes: __, ...document } = applied.order
  return {
    ...document,
    version: order.version + 1,
    issuedAt: agreement.at,
    revisionReason: `agreed change ${agreement.changeId}`.slice(0, 400),
  }
}

/** What is kept of a version once it is no longer current. */
export function outlineOf(
  order: PurchaseOrder,
  source: OrderVersion['source'],
  changeId?: string,
): OrderVersion {
  return {
    version: order.version,
    issuedAt: order.issuedAt,
    source,
    ...(changeId !== undefined && { changeId }),
    lines: order.lines.map(({ orderLineNumber, item, unitOfMeasure, price, schedules }) => ({
      orderLineNumber,
      item,
      unitOfMeasure,
      price,
      schedules,
    })),
  }
}

/** The version that was current at a moment: the latest issued by then, or the first one known. */
export function versionAt(versions: readonly OrderVersion[], moment: Instant): number {
  let found = versions[0]?.version ?? 1
  for (const { version, issuedAt } of versions) {
    if (compareInstants(issuedAt, moment) <= 0 && version > found) found = version
  }
  return found
}

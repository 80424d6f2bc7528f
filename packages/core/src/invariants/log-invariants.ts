import { verifyAuditChain } from '../audit/audit-chain.ts'
import type { AuditEntry } from '../audit/audit-entry.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { newInvoiceState, recordInvoiceEvent } from '../invoice-lifecycle/decide-invoice.ts'
import type { DomainEvent } from '../message/message.ts'
import { replayOrder } from '../order-lifecycle/replay-order.ts'
import { OwnershipCheck } from '../system-of-record/drift.ts'
import type { World } from '../world/world.ts'
import { endedDesks } from './desk-invariants.ts'
import { atInvoice, atOrder, type Breach } from './invariant.ts'

/** INV-1: every event has one audit entry with who, when, why and under which rules, and the chains are whole. */
export function auditedEvents(world: World): readonly Breach[] {
  const entries = new Map(world.audit.map((entry) => [entry.eventId, entry]))
  const missing = world.log.flatMap((event) => {
    const entry = entries.get(event.id)
    const wrong = entry === undefined ? 'has no audit entry' : wrongEntry(entry, event)
    return wrong === null ? [] : [{ place: placeOf(event), sentence: `${event.type} ${wrong}` }]
  })
  const extra = world.audit.length - world.log.length
  const broken = verifyAuditChain(world.audit)
  return [
    ...missing,
    ...(extra === 0
      ? []
      : [
          {
            place: null,
            sentence: `${world.audit.length} audit entries for ${world.log.length} events`,
          },
        ]),
    ...(broken === null
      ? []
      : [
          { place: broken.aggregate, sentence: `audit entry ${broken.sequence}: ${broken.reason}` },
        ]),
  ]
}

function wrongEntry(entry: AuditEntry, event: DomainEvent): string | null {
  if (entry.event !== event.type) return `is audited as ${entry.event}`
  if (entry.actor.id !== event.actor.id) return `is audited as done by ${entry.actor.id}`
  if (entry.policy.length === 0) return 'names no rule set'
  return reasonRequired.has(event.type) && entry.reason === null ? 'gives no reason' : null
}

/** What a person may only do with a reason. */
const reasonRequired: ReadonlySet<string> = new Set([
  'order.held',
  'order.released',
  'order.returned',
  'order.cancel-requested',
  'line.cancel-requested',
  'line.cancelled',
  'line.reopened',
  'line.held',
  'line.released',
  'schedule.short-closed',
  'line.short-closed',
  'hold.placed',
  'hold.released',
  'invoice.rejected',
  'invoice.cancelled',
  'invoice.reopened',
  'approval.rerouted',
  'case.bypassed',
  'case.reopened',
])

/** INV-2: no message had an effect twice, no event is missing, and no older version stands over a newer one. */
export function appliedOnce(world: World): readonly Breach[] {
  const ids = new Set<string>()
  const twice = world.log.flatMap((event) => {
    const isKnown = ids.has(event.id)
    ids.add(event.id)
    return isKnown ? [{ place: placeOf(event), sentence: `event ${event.id} stands twice` }] : []
  })
  const numbered = [...Map.groupBy(world.log, placeOf)].flatMap(([place, events]) => {
    const isNumbered = events.every(({ sequence }, index) => sequence === index + 1)
    return isNumbered ? [] : [{ place, sentence: 'its events are not numbered from 1 on' }]
  })
  const stale = Object.entries(world.orders).flatMap(([key, { facts, standing }]) => {
    const newest = Math.max(0, ...facts.versions.map(({ version }) => version))
    return standing.order === null || standing.order.version >= newest
      ? []
      : [atOrder(key, `version ${standing.order.version} stands, and ${newest} is known`)]
  })
  return [...twice, ...numbered, ...stale]
}

/** INV-18: the events alone give the states again, to the byte. */
export function replayedStates(world: World): readonly Breach[] {
  const byPlace = Map.groupBy(world.log, placeOf)
  const orders = Object.entries(world.orders).flatMap(([key, state]) => {
    const again = replayOrder(key, byPlace.get(`order:${key}`) ?? [])
    return isSameJson(factsOf(again), factsOf(state))
      ? []
      : [atOrder(key, 'its events lead to another state')]
  })
  const invoices = Object.entries(world.invoices).flatMap(([key, state]) => {
    const events = byPlace.get(`invoice:${key}`) ?? []
    const again = events.reduce(recordInvoiceEvent, newInvoiceState(key))
    const isSame = isSameJson(again.facts, state.facts) && isSameJson(again.regions, state.regions)
    return isSame ? [] : [atInvoice(key, 'its events lead to another state')]
  })
  return [...orders, ...invoices]
}

/** A fold writes its keys in the same order, so the plain texts are nearly always equal already. */
function isSameJson(one: unknown, other: unknown): boolean {
  return (
    JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other)
  )
}

function factsOf({ facts, standing }: World['orders'][string]): object {
  return { facts, standing }
}

/** INV-19: a rule-set version is one content, and one version of a rule set decides at a time. */
export function ruleSetVersions(world: World): readonly Breach[] {
  const hashes = new Map<string, string>()
  return world.audit.flatMap(({ aggregate, sequence, policy }) => {
    const findings: Breach[] = []
    const place = `${aggregate}#${sequence}`
    for (const { ruleSet, version, hash } of policy) {
      const name = `${ruleSet}@${version}`
      const known = hashes.get(name) ?? hash
      hashes.set(name, known)
      if (known !== hash) findings.push({ place, sentence: `${name} has two contents` })
    }
    if (new Set(policy.map(({ ruleSet }) => ruleSet)).size < policy.length) {
      findings.push({ place, sentence: 'two versions of one rule set decided together' })
    }
    return findings
  })
}

/**
 * INV-20: the ERP's records change only through a write-back that names the version it is based on, and no field is taken
 * from a system that does not own it.
 */
export function writeBacks(world: World): readonly Breach[] {
  const blind = world.effects.flatMap(({ key, aggregate, intent }) =>
    intent.kind === 'write-back' &&
    intent.system === 'erp' &&
    aggregate.kind === 'order' &&
    intent.expectedVersion === null
      ? [
          {
            place: `${aggregate.kind}:${aggregate.key}`,
            sentence: `write-back ${key} names no version`,
          },
        ]
      : [],
  )
  const unanswered = Object.entries(world.orders).flatMap(([key, { facts, desk }]) =>
    Object.entries(facts.failedWrites).flatMap(([record, { outcome }]) => {
      const code = outcome === 'conflict' ? 'SOR_CONFLICT' : 'WRITEBACK_FAILED'
      return desk.cases.some((one) => one.code === code)
        ? []
        : [atOrder(key, `the write of ${record} failed, and no ${code} was opened`)]
    }),
  )
  return [...blind, ...unanswered, ...takenFromOthers(world)]
}

/** Read from the log: what a system says that does not own it stands nowhere in the text that was taken. */
function takenFromOthers(world: World): readonly Breach[] {
  return world.log.flatMap((event) => {
    const { success, data: ownership } = OwnershipCheck.safeParse(event.data['ownership'])
    if (!success) return []
    return ownership.drift.flatMap(({ path, ours, theirs, owner, taken }) => {
      const isOwner = ownership.system === owner
      const said = valueAt(event.data['document'], path)
      const isStanding = said !== undefined && said === theirs && said !== ours
      return !isOwner && (taken || isStanding)
        ? [
            {
              place: placeOf(event),
              sentence: `\`${path}\` belongs to ${owner}, and was taken from ${ownership.system ?? 'nobody known'}`,
            },
          ]
        : []
    })
  })
}

/** The text at a place of a document; list members are found by their numbers. Undefined where there is no text. */
function valueAt(document: unknown, path: string): string | undefined {
  let value: unknown = document
  for (const part of path.split('/')) {
    if (Array.isArray(value)) {
      value = value.find((one: unknown) => numbers.some((name) => fieldOf(one, name) === part))
    } else {
      value = fieldOf(value, part)
    }
  }
  return typeof value === 'string' ? value : undefined
}

const numbers = ['documentLineNumber', 'orderLineNumber', 'scheduleNumber', 'code']

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** INV-21: a machine's advice never decides what only a person may. */
export function machineActors(world: World): readonly Breach[] {
  return world.log.flatMap((event) =>
    event.actor.kind === 'ai' && decisions.has(event.type)
      ? [
          {
            place: placeOf(event),
            sentence: `${event.type} was decided by ${event.actor.id}, a machine`,
          },
        ]
      : [],
  )
}

const decisions: ReadonlySet<string> = new Set([
  'order.approved',
  'change.decided',
  'dispute.settlement-chosen',
  'hold.released',
  'invoice.approved',
  'case.approved',
  'case.resolved',
  'case.bypassed',
  'duplicate.decided',
])

/** INV-22: what ended stays ended unless somebody reopened it. */
export function endedStates(world: World): readonly Breach[] {
  return [...endedDesks(world), ...endedAggregates(world)]
}

function endedAggregates(world: World): readonly Breach[] {
  return world.audit.flatMap(({ aggregate, sequence, from, to, event }) => {
    const isOver = from !== null && ended.has(from) && to !== from
    return isOver && !reopening.has(event)
      ? [
          {
            place: `${aggregate}#${sequence}`,
            sentence: `${event} led from ${from} to ${to ?? ''}`,
          },
        ]
      : []
  })
}

const ended: ReadonlySet<string> = new Set([
  'archived',
  'confirmed-duplicate',
  'credited',
  'applied',
])
// A credit that is taken back says why, and takes the end it brought with it.
const reopening: ReadonlySet<string> = new Set([
  'invoice.reopened',
  'invoice.credit-withdrawn',
  'order.reopened',
])

function placeOf({ aggregate }: DomainEvent): string {
  return `${aggregate.kind}:${aggregate.key}`
}

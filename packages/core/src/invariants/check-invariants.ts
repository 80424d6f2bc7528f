import type { World } from '../world/world.ts'
import { approvers, caseOwners, runningClocks, separateDuties } from './desk-invariants.ts'
import type { Invariant, Violation } from './invariant.ts'
import {
  allocatedQuantities,
  billedQuantities,
  blockedMatching,
  currenciesAndUnits,
  effectiveDates,
  headerTotals,
  invoiceNumbers,
  openHolds,
} from './invoice-invariants.ts'
import {
  appliedOnce,
  auditedEvents,
  endedStates,
  machineActors,
  replayedStates,
  ruleSetVersions,
  writeBacks,
} from './log-invariants.ts'
import { lookedUpDates } from './master-invariants.ts'
import {
  answeredQuantities,
  creditedQuantities,
  inspectedQuantities,
  promiseHistory,
  receivedQuantities,
  scheduleSums,
} from './order-invariants.ts'

/** The 25 invariants with their checkers. */
export const invariants: readonly Invariant[] = [
  { number: 1, title: 'every event is audited in an unbroken chain', check: auditedEvents },
  { number: 2, title: 'nothing is applied twice or over something newer', check: appliedOnce },
  { number: 3, title: 'the schedules of a line add up to the line', check: scheduleSums },
  { number: 4, title: 'no more is answered than ordered or accepted', check: answeredQuantities },
  {
    number: 5,
    title: 'no more is kept than ordered, tolerated or covered by a case',
    check: receivedQuantities,
  },
  {
    number: 6,
    title: 'everything received is accepted, refused or in inspection',
    check: inspectedQuantities,
  },
  { number: 7, title: 'no more is credited than billed', check: creditedQuantities },
  { number: 8, title: 'more billed than received is explained', check: billedQuantities },
  { number: 9, title: 'nothing that is held is released', check: openHolds },
  { number: 10, title: 'allocations add up and no receipt pays twice', check: allocatedQuantities },
  { number: 11, title: 'one invoice number is paid once', check: invoiceNumbers },
  {
    number: 12,
    title: 'a total is the sum of its parts, or the difference is booked',
    check: headerTotals,
  },
  { number: 13, title: 'currencies and units never mix in silence', check: currenciesAndUnits },
  { number: 14, title: 'an open receiving case keeps invoices waiting', check: blockedMatching },
  { number: 15, title: 'nobody approves their own work', check: approvers },
  { number: 16, title: 'duties that exclude each other are held apart', check: separateDuties },
  { number: 17, title: 'every open case has an owner and a due time', check: caseOwners },
  { number: 18, title: 'the events alone give the states again', check: replayedStates },
  { number: 19, title: 'a rule-set version is one content', check: ruleSetVersions },
  {
    number: 20,
    title: 'what another system owns changes only through a write-back on a known version',
    check: writeBacks,
  },
  { number: 21, title: "a machine's advice never decides", check: machineActors },
  { number: 22, title: 'what ended stays ended unless reopened', check: endedStates },
  {
    number: 23,
    title: 'promises and first requests are never written over',
    check: promiseHistory,
  },
  {
    number: 24,
    title: 'masters count as of the business date',
    check: (world) => [...effectiveDates(world), ...lookedUpDates(world)],
  },
  { number: 25, title: 'whatever waits has a clock', check: runningClocks },
]

/** Checks all 25 invariants; empty when all hold. */
export function checkInvariants(world: World): readonly Violation[] {
  return invariants.flatMap(({ number, check }) =>
    check(world).map((finding) => ({ invariant: number, ...finding })),
  )
}

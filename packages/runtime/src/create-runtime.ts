import {
  addMilliseconds,
  addressDocument,
  CounterfoilError,
  type Envelope,
  instant,
} from '@counterfoil/core'
import { act } from './act/act.ts'
import type { Command } from './act/command.ts'
import { headsOnSchedule } from './audit/sign-heads.ts'
import type { Clock } from './clock/clock.ts'
import { createSystemClock } from './clock/system-clock.ts'
import { createClosing } from './closing.ts'
import { createConductor } from './decide/conduct.ts'
import { conductedAgreement } from './decide/conducted-agreement.ts'
import { conductedInvoice } from './decide/conducted-invoice.ts'
import { conductedOrder } from './decide/conducted-order.ts'
import { conductedShipment } from './decide/conducted-shipment.ts'
import { hashNatively } from './decide/hash-natively.ts'
import { createWriter } from './decide/writer.ts'
import { createDispatcher } from './dispatch/create-dispatcher.ts'
import { createConnectorReader } from './dispatch/read-connectors.ts'
import { lookAtHealth } from './health.ts'
import { registerMachines } from './machines/machines.ts'
import { rebuild } from './machines/rebuild.ts'
import { takingStore } from './machines/taking-store.ts'
import { forget } from './people/forget.ts'
import { namesApart } from './people/names-apart.ts'
import { createQueries } from './queries/create-queries.ts'
import { createAdmission } from './receive/admission.ts'
import { contractsInForce } from './receive/contract-in-force.ts'
import type { ReceiveAnswer } from './receive/document-answer.ts'
import { receiveEnvelope } from './receive/receive-envelope.ts'
import { createBell, runUntilAborted } from './run.ts'
import type { Runtime, RuntimeLimits, RuntimeSettings, TickReport } from './runtime.ts'
import type { Store } from './store/store.ts'
import { tick } from './tick.ts'
import { createWatcher } from './watch/watcher.ts'

/** Bounds of a runtime that names none. */
export const defaultLimits: RuntimeLimits = {
  effectAttemptsMax: 8,
  leasesLostMax: 5,
  retryDelaySeconds: 5,
  retryDelaySecondsMax: 3600,
  leaseSeconds: 60,
  effectsInFlightMax: 128,
  effectsPerDestinationMax: 16,
  batchMax: 64,
  roundsMax: 1000,
  readPageMax: 100,
  readPagesMax: 100,
  bodyCharactersMax: 32_000_000,
  conflictRetriesMax: 10,
  idleSecondsMax: 5,
  parkedHoursMax: 24 * 30,
  undecidedDocumentsMax: 1000,
  undecidedCharactersMax: 64_000_000,
  queuedMessagesMax: 10_000,
  unsentEffectsMax: 10_000,
  laterSeconds: 5,
}

/** The aggregates of core. */
const defaultAggregates = [conductedOrder, conductedShipment, conductedInvoice, conductedAgreement]

/**
 * Puts the pure decisions to work: documents and commands come in, decisions are stored with everything that follows
 * from them in one transaction, and what the world must be told is carried out. Nothing is opened, read or started
 * before the first call.
 */
export function createRuntime(settings: RuntimeSettings): Runtime {
  hashNatively()
  const { store, policies, connectors, readers = [] } = settings
  const aggregates = settings.aggregates ?? defaultAggregates
  const clock: Clock = settings.clock ?? createSystemClock()
  const limits: RuntimeLimits = { ...defaultLimits, ...settings.limits }
  const machines = registerMachines(aggregates)
  const conducting = { machines, policies, clock, parkedHoursMax: limits.parkedHoursMax }
  const conductor = createConductor(conducting)
  const taking = takingStore(store, machines)
  const writer = createWriter({
    store: taking,
    conductor,
    batchMax: limits.batchMax,
    conflictRetriesMax: limits.conflictRetriesMax,
  })
  const names = namesApart(store.people, settings.personal)
  const { telemetry } = settings
  const watcher = createWatcher(conducting, { telemetry, store, writer, conductor })
  const calendars = settings.calendars ?? (() => ({}))
  const intake = {
    names,
    conductor,
    address: settings.address ?? addressDocument,
    calendars,
    suppliers: settings.suppliers ?? (() => undefined),
    masters: settings.masters ?? (() => undefined),
    contracts:
      settings.contracts === undefined
        ? () => undefined
        : contractsInForce(settings.contracts, calendars),
    senders: settings.senders ?? (() => true),
  }
  const { bodyCharactersMax } = limits
  const closing = createClosing()
  const bell = createBell()
  let lastTick: Promise<unknown> = Promise.resolve()
  let ended: Promise<void> | null = null

  const admission = createAdmission({ store, clock, limits })
  const receive = (envelope: Envelope): Promise<ReceiveAnswer> => {
    const { tenant, body } = envelope
    return admission.within({ tenant, characters: body?.length ?? 0 }, async (hold) => {
      const taking = { intake, watcher, readers, bodyCharactersMax, hold }
      const answer = await receiveEnvelope(taking, envelope)
      bell.ring()
      return answer
    })
  }
  const { draining, calledOff } = closing
  const { hasRoom } = admission
  const dispatch = {
    contracts: intake.contracts,
    names,
    store,
    writer,
    watcher,
    conductor,
    connectors,
    clock,
    limits,
    draining,
    calledOff,
  }
  const dispatcher = createDispatcher(dispatch, bell.ring)
  const reader = createConnectorReader({ ...dispatch, hasRoom, receive })
  const signHeads = headsOnSchedule({ heads: store.heads, clock }, settings.audit)
  const work = { ...dispatch, dispatcher, reader, signHeads }
  // One at a time: two ticks at once would carry the same effects out twice as soon as a lease ran out.
  const tickNow = (patience: { readonly isPatient: boolean }): Promise<TickReport> => {
    closing.refuseWork()
    const ticked = lastTick.then(() => tick(work, patience)).finally(admission.forget)
    lastTick = ticked.catch(() => undefined)
    return ticked
  }
  const end = async (): Promise<void> => {
    await releaseShare(store)
    await lastTick
    await Promise.all([reader.settle(), dispatcher.settle()])
    await admission.settle()
    await writer.settle()
    closing.end()
    await store.close()
  }
  return {
    receive: async (envelope) => {
      closing.refuseWork()
      return receive(envelope)
    },
    act: async (command: Command) => {
      closing.refuseWork()
      const repair = { intake, readers, bodyCharactersMax }
      const asking = { desk: settings.authority, machines, store: taking, names, clock }
      const answer = await act({ repair, watcher, asking }, command)
      bell.ring()
      return answer
    },
    tick: async () => tickNow({ isPatient: true }),
    run: async ({ signal }) => {
      closing.refuseWork()
      const until = AbortSignal.any([signal, draining])
      const endWatch = store.watch?.(bell.ring)
      try {
        await runUntilAborted({
          tick: () => tickNow({ isPatient: false }),
          isHeldUp: dispatcher.isFull,
          store,
          clock,
          limits,
          bell,
          signal: until,
        })
      } finally {
        endWatch?.()
      }
    },
    health: () => lookAtHealth({ store, clock, admission, phase: closing.phase() }),
    queries: createQueries({ store, machines, names, refuseWhenClosed: closing.refuseWhenClosed }),
    rebuild: async () => {
      closing.refuseWork()
      return rebuild({ store, writer, machines })
    },
    forget: async (request) => {
      closing.refuseWork()
      return forget({ store, writer }, request)
    },
    close: async ({ patienceSeconds = 0 } = {}) => {
      closing.drain()
      bell.ring()
      const until = addMilliseconds(instant(clock.now()), patienceSeconds * 1000)
      const over = new AbortController()
      void clock.waitUntil(until, over.signal).then(closing.callOff)
      ended ??= end()
      await ended.finally(() => over.abort())
    },
  }
}

/** Lets other processes have this one's part of the work, while it finishes what it has begun. */
async function releaseShare(store: Store): Promise<void> {
  try {
    await store.release?.()
  } catch (error) {
    // A store out of reach lets go of the part by itself when the session ends.
    if (!(CounterfoilError.is(error) && error.retryable)) throw error
  }
}

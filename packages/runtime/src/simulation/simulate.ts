import { addMilliseconds, CounterfoilError, instant } from '@counterfoil/core'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import {
  addressScripted,
  scriptedAggregate,
  scriptedPolicies,
} from '../decide/scripted-order.examples.ts'
import type { Runtime } from '../runtime.ts'
import { chanceOf } from './chance.ts'
import type { Defect } from './defects.ts'
import { createGate, everythingSettled } from './gate.ts'
import { createOtherSystem } from './other-system.ts'
import { type Answer, brokenPromises } from './promises.ts'
import { createDisk } from './simulated-disk.ts'
import { connectorAt, effectAttemptsMax, type PortWorld, storeAt } from './simulated-ports.ts'
import { farOff, storyStart, tellStory } from './story.ts'
import { noTroubles, someTroubles } from './troubles.ts'

/** What a simulated run came to. */
export type SimulationReport = {
  readonly seed: number
  /** Calls and answers that went through the gate. */
  readonly steps: number
  /** Which calls went through in which order, as one number: equal for equal runs. */
  readonly course: number
  readonly kills: number
  /** Processes that ended because they were told to. */
  readonly drains: number
  readonly powerCuts: number
  /** Times the other system was asked for something it had been asked for before. */
  readonly repeated: number
  /** Times a delivery was put off because too much waited. */
  readonly putOff: number
  /** Each promise that was not kept, in a sentence; empty when all were. */
  readonly broken: readonly string[]
}

/** Something a sender wants taken in: sent again until it is answered. */
type Errand = {
  readonly carryOut: (runtime: Runtime) => Promise<Answer>
  readonly isDelivery: boolean
  underWay: number
  isAnswered: boolean
}

type LivingProcess = {
  readonly runtime: Runtime
  isTicking: boolean
  isDead: boolean
  /** Deliveries it was offered and has neither answered nor put off. */
  undecided: number
}

const stepsMax = 2500
// Small enough to be reached by a handful of documents.
const undecidedDocumentsMax = 3
const quietRoundsMax = 400

/**
 * Lives one story on the real engine, with the troubles a seed chooses: a crash between any two calls to the outside,
 * power cuts, duplicates, deliveries in any order, lost answers, a slow and failing store and connector, wrong clocks.
 * Then the troubles end, everything due is done, and what is left is compared with what the story says must be. The
 * same seed is the same run to the last step. `defect` plants a mistake that the comparison must find.
 */
export async function simulate(
  seed: number,
  defect: Defect | null = null,
): Promise<SimulationReport> {
  const chance = chanceOf(seed)
  const story = tellStory(chance)
  const gate = createGate(chance)
  const wholeDisk = createDisk(chance)
  const disk = defect?.plantDisk?.(wholeDisk) ?? wholeDisk
  const otherSystem = createOtherSystem(story.feed)
  const clock = createVirtualClock(storyStart)
  const broken: string[] = []
  const answers: Answer[] = []
  let troubles = someTroubles(chance)
  let steps = 0
  let kills = 0
  let drains = 0
  let powerCuts = 0
  let readAgain = 0
  let putOff = 0
  const world: PortWorld = {
    gate,
    chance,
    disk,
    otherSystem,
    troubles: () => troubles,
    time: () => Date.parse(clock.now()),
    writing: { by: null },
    failed: new Map(),
    calledOff: [],
  }
  const processes: LivingProcess[] = []
  const errands = [
    ...story.deliveries.map((envelope) =>
      errandOf(true, async (runtime) => ({ envelope, answer: await runtime.receive(envelope) })),
    ),
    ...story.commands.map((command) =>
      errandOf(false, async (runtime) => ({ command, answer: await runtime.act(command) })),
    ),
  ]

  for (let started = 0; started < troubles.processes; started += 1) start(started)
  while (steps < stepsMax && broken.length === 0 && !(isAllAnswered() && chance.happens(0.02))) {
    await liveOn()
  }
  await endInPeace()
  const left = {
    store: wholeDisk.store(),
    otherSystem,
    answers,
    calledOff: world.calledOff,
    hadRightClocks: troubles.clockSkewSeconds === 0,
  }
  if (broken.length === 0) broken.push(...(await brokenPromises(story, left)))
  const { asked } = otherSystem
  const repeated = asked.length - new Set(asked.map(({ tenant, key }) => `${tenant} ${key}`)).size
  return { seed, steps, course: gate.course(), kills, drains, powerCuts, repeated, putOff, broken }

  function isAllAnswered(): boolean {
    return errands.every(({ isAnswered }) => isAnswered)
  }

  function start(index: number): void {
    const skew = troubles.clockSkewSeconds * 1000
    const wrongBy = skew === 0 ? 0 : chance.below(2 * skew) - skew
    const ports = { store: storeAt(world, index), connector: connectorAt(world, index) }
    const { store, connector } = defect?.plantPorts?.(ports) ?? ports
    const runtime = createRuntime({
      store,
      connectors: [connector],
      policies: scriptedPolicies,
      clock: {
        now: () => addMilliseconds(instant(clock.now()), wrongBy),
        waitUntil: (moment, signal) =>
          clock.waitUntil(addMilliseconds(instant(moment), -wrongBy), signal),
      },
      aggregates: (['order', 'shipment', 'invoice'] as const).map((kind) =>
        scriptedAggregate(kind, { credulous: true }),
      ),
      address: addressScripted,
      limits: {
        effectAttemptsMax,
        // Processes die here more often in an hour than elsewhere in a year.
        leasesLostMax: 1000,
        retryDelaySecondsMax: 60,
        readPageMax: 2,
        batchMax: 8,
        roundsMax: 20,
        undecidedDocumentsMax,
        queuedMessagesMax: 4,
        unsentEffectsMax: 6,
        laterSeconds: 1,
      },
    })
    processes[index] = {
      runtime: defect?.plantRuntime?.(runtime) ?? runtime,
      isTicking: false,
      isDead: false,
      undecided: 0,
    }
  }

  async function liveOn(): Promise<void> {
    const what = chance.below(100)
    if (what < 12) sendSomething()
    else if (what < 24) tickAt(chance.oneOf(processes))
    else if (what < 25 || chance.happens(troubles.timePasses)) passTime(chance.below(180) * 1000)
    else if (chance.happens(troubles.powerCut)) await cutPower()
    else if (chance.happens(troubles.kill)) kill(chance.below(processes.length))
    else if (chance.happens(troubles.told)) await tellToEnd(chance.below(processes.length))
    else await goOn()
  }

  async function goOn(): Promise<boolean> {
    const { writing } = world
    const wasOpened = await gate.openOne(
      ({ process, step }) => writing.by === null || step !== 'store-call' || writing.by === process,
    )
    // One that was refused at the door a moment ago has not heard so yet.
    if (wasOpened) steps += 1
    else await everythingSettled()
    const most = Math.max(...processes.map(({ undecided }) => undecided))
    if (most > undecidedDocumentsMax) broken.push(`${most} documents wait to be decided at once`)
    return wasOpened
  }

  function sendSomething(): void {
    const unsent = errands.filter(({ isAnswered, underWay }) => !isAnswered && underWay === 0)
    const again = chance.happens(troubles.sentTwice)
    const errand =
      again || unsent.length === 0
        ? chance.oneOf(errands.length === 0 ? [null] : errands)
        : chance.oneOf(unsent)
    if (errand !== null && (again || !errand.isAnswered)) run(errand, chance.oneOf(processes))
  }

  function run(errand: Errand, process: LivingProcess): void {
    errand.underWay += 1
    const documents = errand.isDelivery ? 1 : 0
    process.undecided += documents
    errand
      .carryOut(process.runtime)
      .then((answer) => {
        if (process.isDead) return
        errand.isAnswered = true
        answers.push(answer)
      })
      .catch(noteError)
      .finally(() => {
        process.undecided -= documents
        if (!process.isDead) errand.underWay -= 1
      })
  }

  function noteError(error: unknown): void {
    if (CounterfoilError.is(error) && error.code === 'LIMIT_EXCEEDED') putOff += 1
    if (CounterfoilError.is(error) && error.retryable) return
    broken.push(`an error nobody can do anything about: ${String(error)}`)
  }

  function passTime(milliseconds: number): void {
    clock.advanceTo(addMilliseconds(instant(clock.now()), milliseconds))
  }

  function kill(index: number): void {
    kills += 1
    // What the process wrote and did not sync is in the cache of the machine, which goes on.
    if (world.writing.by === index) {
      disk.sync()
      world.writing.by = null
    }
    bury(index)
    start(index)
  }

  async function tellToEnd(index: number): Promise<void> {
    const process = processes[index]
    process?.runtime
      .close({ patienceSeconds: chance.happens(0.5) ? 0 : chance.below(60) })
      .then(() => {
        if (process.isDead) return
        drains += 1
        bury(index)
        start(index)
      })
      .catch(noteError)
    // One that has nothing under way is replaced before anybody asks it again.
    await everythingSettled()
  }

  async function cutPower(): Promise<void> {
    powerCuts += 1
    for (const index of processes.keys()) bury(index)
    world.writing.by = null
    await disk.cutPower()
    for (const index of processes.keys()) start(index)
  }

  function bury(index: number): void {
    gate.forget(index)
    const process = processes[index]
    if (process !== undefined) process.isDead = true
    // Whoever waited for an answer of it waits in vain, and sends again.
    for (const errand of errands) errand.underWay = 0
  }

  async function drain(): Promise<void> {
    await everythingSettled()
    while (broken.length === 0 && (await goOn()));
  }

  /** No more troubles: whoever has no answer asks again, everything due is done, and nothing else happens any more. */
  async function endInPeace(): Promise<void> {
    const hadSkew = troubles.clockSkewSeconds
    troubles = { ...noTroubles, clockSkewSeconds: hadSkew }
    await drain()
    for (let round = 0; round < quietRoundsMax && broken.length === 0; round += 1) {
      for (const errand of errands) {
        if (!errand.isAnswered) run(errand, chance.oneOf(processes))
        await drain()
      }
      for (const process of processes) {
        tickAt(process)
        await drain()
      }
      passTime(90_000)
      await drain()
      const due = await disk.store().nextDueAt()
      if (due === null && isAllAnswered()) break
      if (due !== null && isAllAnswered() && Date.parse(due) > Date.parse(clock.now())) {
        if (Date.parse(due) >= Date.parse(farOff)) break
        passTime(Date.parse(due) - Date.parse(clock.now()))
      }
    }
    if (!isAllAnswered()) broken.push('a sender never gets an answer')
    // Long after: what was called off must not come after all.
    clock.advanceTo(addMilliseconds(instant(farOff), 3_600_000))
    // Twice: what there was no room for until now is read once, and not again.
    for (const process of [...processes, ...processes]) {
      tickAt(process)
      await drain()
    }
    if (readAgain > 0) broken.push(`${readAgain} deliveries are fetched again and again`)
  }

  function tickAt(process: LivingProcess): void {
    if (process.isTicking) return
    process.isTicking = true
    process.runtime
      .tick()
      .then(({ deliveriesRead }) => {
        readAgain = deliveriesRead
      })
      .catch(noteError)
      .finally(() => {
        process.isTicking = false
      })
  }
}

function errandOf(isDelivery: boolean, carryOut: Errand['carryOut']): Errand {
  return { carryOut, isDelivery, underWay: 0, isAnswered: false }
}

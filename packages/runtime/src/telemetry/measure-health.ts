import { type BatchObservableResult, type Meter, metrics } from '@opentelemetry/api'
import type { RuntimeHealth } from '../health.ts'
import type { Runtime } from '../runtime.ts'
import type { Waiting } from '../store/backlog.ts'
import { attributesOf } from './attributes.ts'

const waitingKinds = [
  'inbox',
  'parked',
  'quarantine',
  'dead-letters',
  'timers-late',
  'effects-taken-often',
] as const
type WaitingKind = (typeof waitingKinds)[number]

/**
 * Measures how a runtime stands whenever the host's metrics are read: how many of each wait, and how long the oldest has.
 * Give the time as the runtime's clock has it. Gives what ends it.
 */
export function measureHealth(
  runtime: Pick<Runtime, 'health'>,
  {
    meter = metrics.getMeter('@counterfoil/runtime'),
    now = () => new Date().toISOString(),
  }: { readonly meter?: Meter; readonly now?: () => string } = {},
): () => void {
  const unit = 's'
  const ready = meter.createObservableGauge('counterfoil.ready', {
    description: '1 while documents may be sent here, 0 while not',
  })
  const gauges = waitingKinds.map((kind) => ({
    kind,
    count: meter.createObservableGauge(`counterfoil.${kind}.count`),
    age: meter.createObservableGauge(`counterfoil.${kind}.age`, { unit }),
  }))
  const outbox = {
    count: meter.createObservableGauge('counterfoil.outbox.count'),
    age: meter.createObservableGauge('counterfoil.outbox.age', { unit }),
  }
  const all = [ready, outbox.count, outbox.age, ...gauges.flatMap(({ count, age }) => [count, age])]
  const observe = async (result: BatchObservableResult): Promise<void> => {
    const health = await runtime.health()
    const secondsSince = (oldestAt: string | null): number =>
      oldestAt === null ? 0 : Math.max(0, (Date.parse(now()) - Date.parse(oldestAt)) / 1000)
    result.observe(ready, health.isReady ? 1 : 0)
    for (const { kind, count, age } of gauges) {
      const waiting = waitingOf(health, kind)
      if (waiting === null) continue
      result.observe(count, waiting.count)
      result.observe(age, secondsSince(waiting.oldestAt))
    }
    for (const { tenant, destination, count, oldestAt } of health.work?.effects ?? []) {
      const attributes = attributesOf({ tenant, destination })
      result.observe(outbox.count, count, attributes)
      result.observe(outbox.age, secondsSince(oldestAt), attributes)
    }
  }
  meter.addBatchObservableCallback(observe, all)
  return () => meter.removeBatchObservableCallback(observe, all)
}

function waitingOf({ intake, work }: RuntimeHealth, kind: WaitingKind): Waiting | null {
  if (work === null) return null
  switch (kind) {
    case 'inbox':
      return {
        count: intake.undecidedDocuments + work.queued.count,
        oldestAt: earlier(intake.oldestAt, work.queued.oldestAt),
      }
    case 'parked':
      return work.parked
    case 'quarantine':
      return work.quarantined
    case 'dead-letters':
      return work.deadLetters
    case 'timers-late':
      return work.timersLate
    case 'effects-taken-often':
      return work.takenOften
  }
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return Date.parse(one) <= Date.parse(other) ? one : other
}

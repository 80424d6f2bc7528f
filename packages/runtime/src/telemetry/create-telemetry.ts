import {
  type Context,
  type Counter,
  type Meter,
  metrics,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import type { Telemetry, Watch, WatchedWork, WorkFacts } from '../watch/telemetry.ts'
import { attributeNames, attributesOf } from './attributes.ts'
import { spanContextOf, traceparentOf } from './trace-context.ts'

/** Where spans and counts go; the host's own OpenTelemetry, set up globally, unless said otherwise. */
export type TelemetrySettings = { readonly tracer?: Tracer; readonly meter?: Meter }

const instrumentation = '@counterfoil/runtime'

const namesAndKinds = {
  document: { name: 'process document', spanKind: SpanKind.CONSUMER },
  command: { name: 'process command', spanKind: SpanKind.CONSUMER },
  message: { name: 'process message', spanKind: SpanKind.CONSUMER },
  timer: { name: 'process timer', spanKind: SpanKind.CONSUMER },
  effect: { name: 'send', spanKind: SpanKind.PRODUCER },
} as const

/**
 * Telemetry by OpenTelemetry. Each document is a trace of its own, tied by links to those with which its orders began: a
 * life of weeks is not one trace. What follows from it in the background belongs to its trace, effects included, and
 * whoever is asked is told `traceparent`. Only what the list of attributes names leaves the process, and no text that a
 * partner wrote.
 */
export function createTelemetry(settings: TelemetrySettings = {}): Telemetry {
  const tracer = settings.tracer ?? trace.getTracer(instrumentation)
  const meter = settings.meter ?? metrics.getMeter(instrumentation)
  const counts = {
    documents: meter.createCounter('counterfoil.documents', {
      description: 'documents answered, by kind and outcome',
    }),
    attempts: meter.createCounter('counterfoil.effects.attempts', {
      description: 'attempts at effects, by destination and outcome',
    }),
  }
  return { begin: (work) => watchOf(tracer, work, (facts) => count(counts, work, facts)) }
}

function watchOf(
  tracer: Tracer,
  { kind, facts, traceparent }: WatchedWork,
  ended: (facts: WorkFacts) => void,
): Watch {
  const cause = traceparent === undefined ? undefined : spanContextOf(traceparent)
  const before = cause === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, cause)
  const { name, spanKind } = namesAndKinds[kind]
  const attributes = { 'messaging.system': 'counterfoil', ...attributesOf(facts) }
  const whole = tracer.startSpan(name, { kind: spanKind, attributes }, before)
  let within: Context = trace.setSpan(before, whole)
  return {
    traceparent: traceparentOf(whole.spanContext()),
    link: (other) => {
      const linked = spanContextOf(other)
      if (linked !== undefined) whole.addLink({ context: linked })
    },
    step: (step, carryOut, factsOf) => {
      const around = within
      const part = tracer.startSpan(step, {}, around)
      within = trace.setSpan(around, part)
      try {
        const answer = carryOut()
        finish(part, factsOf(answer))
        return answer
      } catch (error) {
        finish(part, { error: 'UNDECIDABLE' })
        throw error
      } finally {
        within = around
      }
    },
    begin: (step, stepFacts) => {
      const part = tracer.startSpan(step, { attributes: attributesOf(stepFacts) }, within)
      return () => part.end()
    },
    end: (endFacts) => {
      finish(whole, endFacts)
      ended(endFacts)
    },
  }
}

// The error's own sentence may quote a document.
function finish(span: Span, facts: WorkFacts): void {
  span.setAttributes(attributesOf(facts))
  if (facts.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

function count(
  { documents, attempts }: { readonly documents: Counter; readonly attempts: Counter },
  { kind, facts }: WatchedWork,
  { outcome, error, documentKind }: WorkFacts,
): void {
  const { tenant } = facts
  const became = outcome ?? error ?? 'done'
  if (kind === 'document') {
    documents.add(1, attributesOf({ tenant, outcome: became, documentKind }))
  }
  if (kind === 'effect') {
    attempts.add(1, attributesOf({ tenant, outcome: became, destination: facts.destination }))
  }
}

/** Every attribute a span or a measure may have. */
export const attributesAllowed: readonly string[] = [
  'messaging.system',
  ...Object.values(attributeNames),
]

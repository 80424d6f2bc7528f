import type { Connector, TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { delivered, wholeLife } from '../conformance/story-documents.ts'
import { createDesk } from '../conformance/story-world.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { RuntimeSettings } from '../runtime.ts'
import { attributesAllowed, createTelemetry, measureHealth, telemetryId } from '../telemetry.ts'

const policies = createPolicySource(
  loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname).filter(
    ({ ruleSet }) => ruleSet.id.startsWith('canonical-'),
  ),
)

/** A runtime whose spans are kept as the SDK of OpenTelemetry would send them. */
function aWatchedRuntime(settings: Partial<RuntimeSettings> = {}) {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const clock = createVirtualClock('2026-11-28T09:00:00Z')
  const desk = createDesk()
  const runtime = createRuntime({
    store: createMemoryStore(),
    policies,
    connectors: [desk.connector],
    clock,
    telemetry: createTelemetry({ tracer: provider.getTracer('test') }),
    ...settings,
  })
  const live = async (...documents: readonly TradeDocumentInput[]): Promise<void> => {
    for (const document of documents) {
      await runtime.receive(delivered(document))
      await runtime.tick()
    }
  }
  const spans = () =>
    exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      kind: span.kind,
      trace: span.spanContext().traceId,
      id: span.spanContext().spanId,
      parent: span.parentSpanContext?.spanId,
      links: span.links.map(({ context }) => context.traceId),
      attributes: span.attributes,
      status: span.status,
      whole: JSON.stringify([span.name, span.attributes, span.events, span.links, span.status]),
    }))
  return { runtime, clock, desk, live, spans }
}

describe('telemetry', () => {
  it('is one trace for each document, tied to the trace its order began with (R-60)', async () => {
    const { live, spans } = aWatchedRuntime()
    const documents = wholeLife()
    await live(...documents)
    // A document's span ends once its links were looked up.
    await expect
      .poll(() => spans().filter(({ name }) => name === 'process document'))
      .toHaveLength(documents.length)
    const roots = spans().filter(({ name }) => name === 'process document')
    expect(roots.map(({ kind, parent }) => [kind, parent])).toEqual(
      documents.map(() => [SpanKind.CONSUMER, undefined]),
    )
    expect(new Set(roots.map(({ trace }) => trace)).size).toBe(documents.length)
    const [order, ...later] = roots
    expect(order?.links).toEqual([])
    for (const { links } of later) expect(links).toContain(order?.trace)

    expect(order?.attributes).toMatchObject({
      'messaging.system': 'counterfoil',
      'messaging.message.conversation_id': telemetryId('acme/0001/4711'),
      'wf.tenant.id': 'acme',
      'wf.supplier.id': telemetryId('S100'),
      'wf.document.kind': 'purchase-order',
      'wf.outcome': 'accepted',
    })
    // What happens in the background belongs to the document it follows from; a clock that runs out is a trace of its own.
    const timers = spans().filter(({ name }) => name === 'process timer')
    expect(timers.length).toBeGreaterThan(0)
    for (const { links, parent } of timers) {
      expect(links).toContain(order?.trace)
      expect(parent).toBeUndefined()
    }
    const traces = new Set([...roots, ...timers].map(({ trace }) => trace))
    expect(spans().filter(({ trace }) => !traces.has(trace))).toEqual([])
  })

  it('shows decisions, the rules they asked and the storing of both within the document', async () => {
    const { live, spans } = aWatchedRuntime()
    await live(...wholeLife())
    const all = spans()
    const named = (name: string) => all.filter((span) => span.name === name)
    const parentOf = ({ parent }: { parent: string | undefined }) =>
      all.find(({ id }) => id === parent)?.name
    expect(new Set(named('rules.evaluate').map(parentOf))).toEqual(new Set(['machine.transition']))
    expect(new Set(named('machine.transition').map(parentOf))).toEqual(
      new Set(['process document', 'process message', 'process timer']),
    )
    expect(named('audit.append').map(parentOf)).toEqual(wholeLife().map(() => 'process document'))
    const [decision] = named('machine.transition')
    expect(decision?.attributes).toMatchObject({
      'wf.message.type': 'order.issued',
      'wf.outcome': 'applied',
    })
    const asked = named('rules.evaluate').map(({ attributes }) => attributes)
    expect(asked).toContainEqual({
      'wf.rules.question': 'tolerance',
      'wf.rules.version': expect.stringMatching(/^canonical-.+@\d+\.\d+\.\d+$/),
    })
  })

  it('tells the other system the trace of the decision, after days too', async () => {
    const { runtime, desk, clock, spans } = aWatchedRuntime()
    const [first, ...rest] = wholeLife()
    if (first !== undefined) await runtime.receive(delivered(first))
    for (const document of rest) await runtime.receive(delivered(document))
    clock.advanceHours(48)
    await runtime.tick()
    const sent = spans().filter(({ name }) => name === 'send')
    expect(sent.map(({ kind }) => kind)).toEqual(sent.map(() => SpanKind.PRODUCER))
    expect(sent.map(({ trace, id }) => `00-${trace}-${id}-01`)).toEqual(
      expect.arrayContaining(desk.done.map(({ traceparent }) => traceparent)),
    )
    const documents = new Set(
      spans()
        .filter(({ name }) => name === 'process document' || name === 'process timer')
        .map(({ trace }) => trace),
    )
    expect(sent.length).toBeGreaterThan(0)
    expect(sent.filter(({ trace }) => !documents.has(trace))).toEqual([])
  })

  it('lets out no word a partner wrote: only the attributes of the list, and identifiers disguised', async () => {
    const personal = ['Anna Schmidt', 'Lindenweg 7', '01234 Dresden', 'anna@example.org', 'Müller']
    const [name, street, town, mail, other] = personal
    const quoting: Connector = {
      ...createDesk().connector,
      write: async () => {
        throw new Error(`no such person: ${personal.join(', ')}`)
      },
    }
    const { runtime, spans } = aWatchedRuntime({
      connectors: [quoting],
      senders: ({ supplier }) => {
        if (supplier.includes(other ?? '')) throw new Error(`nobody knows ${supplier}`)
        return true
      },
    })
    const rewritten = (text: string): string =>
      text
        .replaceAll('S100', `${name} ${street}`)
        .replaceAll('4711', `${town} ${mail}`)
        .replaceAll('hex bolt M8', `for ${name}, ${street}`)
    for (const document of wholeLife()) {
      const personally = JSON.parse(rewritten(JSON.stringify(document)))
      await runtime.receive(delivered(personally))
      await runtime.tick()
      await runtime.receive(delivered({ ...personally, supplier: other, documentNumber: name }))
    }
    const letter = { ...delivered(wholeLife()[0] as TradeDocumentInput), document: undefined }
    await runtime.receive({ ...letter, body: `Dear ${name}`, deliveryKey: undefined } as never)
    await runtime.tick()
    const all = spans()
    expect(new Set(all.map(({ name: called }) => called))).toEqual(
      new Set([
        'process document',
        'process message',
        'process timer',
        'machine.transition',
        'rules.evaluate',
        'audit.append',
        'send',
      ]),
    )
    for (const { whole, attributes } of all) {
      for (const word of personal) expect(whole).not.toContain(word)
      for (const key of Object.keys(attributes)) expect(attributesAllowed).toContain(key)
    }
    const failed = all.filter(({ name: called }) => called === 'send')
    expect(new Set(failed.map(({ attributes }) => attributes['wf.outcome']))).toEqual(
      new Set(['retried']),
    )
  })

  it('marks work that failed, with the code of the error alone', async () => {
    const store = createMemoryStore()
    const { runtime, spans } = aWatchedRuntime({
      store: { ...store, commit: () => Promise.reject(new Error('disk of Anna Schmidt')) },
    })
    await expect(runtime.receive(delivered(wholeLife()[0] as TradeDocumentInput))).rejects.toThrow()
    const [failed] = spans().filter(({ name }) => name === 'process document')
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(failed?.attributes['error.type']).toBe('UNKNOWN')
    expect(failed?.whole).not.toContain('Anna')
  })

  it('changes nothing about what is decided and stored', async () => {
    const { live, runtime } = aWatchedRuntime()
    const plain = aWatchedRuntime()
    const unwatched = createRuntime({
      store: createMemoryStore(),
      policies,
      connectors: [plain.desk.connector],
      clock: plain.clock,
    })
    await live(...wholeLife())
    for (const document of wholeLife()) {
      await unwatched.receive(delivered(document))
      await unwatched.tick()
    }
    const page = { tenant: 'acme', limit: 500 }
    for (const query of ['events', 'audit', 'orders', 'invoices'] as const) {
      expect(await runtime.queries[query](page)).toEqual(await unwatched.queries[query](page))
    }
  })
})

describe('measures of health', () => {
  it('say how much waits and for how long, by tenant and destination', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
    const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
    const { runtime, clock } = aWatchedRuntime({
      connectors: [],
      telemetry: createTelemetry({ meter }),
    })
    const end = measureHealth(runtime, { meter, now: clock.now })
    const [order] = wholeLife()
    if (order !== undefined) await runtime.receive(delivered(order))
    const letter = {
      tenant: 'acme',
      buyerOrganisation: '0001',
      connection: 'mail',
      timeZone: 'UTC',
    }
    await runtime.receive({ ...letter, body: 'Dear sirs' })
    clock.advanceHours(2)
    await reader.forceFlush()
    const measured = new Map(
      exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
        .map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ value, attributes }) => [value, attributes]),
        ]),
    )
    const of = { 'wf.tenant.id': 'acme' }
    expect(measured.get('counterfoil.ready')).toEqual([[1, {}]])
    expect(measured.get('counterfoil.quarantine.count')).toEqual([[1, {}]])
    expect(measured.get('counterfoil.quarantine.age')).toEqual([[7200, {}]])
    expect(measured.get('counterfoil.documents')).toEqual([
      [1, { ...of, 'wf.outcome': 'accepted', 'wf.document.kind': 'purchase-order' }],
      [1, { ...of, 'wf.outcome': 'quarantined' }],
    ])
    end()
    await reader.shutdown()
  })
})

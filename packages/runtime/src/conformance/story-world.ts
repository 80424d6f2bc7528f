import {
  type Connector,
  joinKey,
  type PolicySource,
  type TradeDocumentInput,
  verifyAuditChain,
  type WriteAnswer,
  type WriteRequest,
} from '@counterfoil/core'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import type { DocumentAnswer } from '../receive/document-answer.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { delivered } from './story-documents.ts'

/** The systems around a story: whatever is carried out is done once for each key, and can be looked at. */
export type StoryDesk = {
  readonly connector: Connector
  /** Everything that was done, in order. */
  readonly done: readonly WriteRequest[]
  /** How often anything was asked, repeats included. */
  readonly asked: () => number
}

/** A desk that carries everything out, unless `answer` says something else. */
export function createDesk(
  answer: (request: WriteRequest) => WriteAnswer | null = () => null,
): StoryDesk {
  const done = new Map<string, WriteRequest>()
  const requests: WriteRequest[] = []
  let asked = 0
  return {
    done: requests,
    asked: () => asked,
    connector: {
      contract: 'v1',
      name: 'desk',
      capabilities: {
        reads: [],
        writes: [
          'notify',
          'send-supplier-notice',
          'send-document/supplier',
          'send-document/erp',
          'send-document/wms',
          'write-back/erp',
          'write-back/wms',
          'write-back/finance',
          'write-back/planning',
        ],
      },
      read: async () => ({ deliveries: [], cursor: null, more: false }),
      write: async (request) => {
        asked += 1
        const key = joinKey([request.tenant, request.idempotencyKey])
        const repeated = done.has(key)
        const other = repeated ? null : answer(request)
        if (other !== null) return other
        if (!repeated) requests.push(request)
        done.set(key, request)
        return { kind: 'applied', reference: key, repeated }
      },
    },
  }
}

/** A runtime over a store, with the desk and the time of a story. */
export type StoryWorld = {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly desk: StoryDesk
  /** Takes documents in, and does everything that follows after each. */
  readonly tell: (...documents: readonly TradeDocumentInput[]) => Promise<readonly DocumentAnswer[]>
}

/** Opens a world. Two of them over one store are two processes, or one that was started again. */
export function openWorld({
  store,
  policies,
  desk = createDesk(),
  clock = createVirtualClock('2026-11-24T09:00:00Z'),
}: {
  readonly store: Store
  readonly policies: PolicySource
  readonly desk?: StoryDesk
  readonly clock?: VirtualClock
}): StoryWorld {
  const runtime = createRuntime({ store, policies, connectors: [desk.connector], clock })
  return {
    runtime,
    clock,
    desk,
    tell: async (...documents) => {
      const answers: DocumentAnswer[] = []
      for (const document of documents) {
        answers.push(...(await runtime.receive(delivered(document))).documents)
        await runtime.tick()
      }
      return answers
    },
  }
}

/** What a desk sees of the order, the shipments, the invoices and their cases, in few words. */
export async function standing({ queries }: Runtime, tenant = 'acme') {
  const page = { tenant, limit: 100 }
  const [orders, shipments, invoices, cases, holds] = await Promise.all([
    queries.orders(page),
    queries.shipments(page),
    queries.invoices(page),
    queries.exceptions(page),
    queries.holds(page),
  ])
  return {
    orders: orders.rows.map(({ orderNumber, state }) => `${orderNumber} ${state}`).toSorted(),
    shipments: shipments.rows.map((one) => `${one.shipNoticeNumber} ${one.state}`).toSorted(),
    invoices: invoices.rows.map(
      ({ invoiceNumber, state, payableAmount }) =>
        `${invoiceNumber} ${state} ${payableAmount ?? 'nothing'}`,
    ),
    cases: cases.rows.map(({ code, state }) => `${code} ${state}`).toSorted(),
    holds: holds.rows.map(({ code, state }) => `${code} ${state}`).toSorted(),
  }
}

/** Everything that was stored for ever, and what still waits; the audit chain is checked on the way. */
export async function recorded({ queries }: Runtime, tenant = 'acme') {
  const page = { tenant, limit: 500 }
  const audit = await queries.audit(page)
  same(verifyAuditChain(audit.rows), null, 'the audit chain')
  return {
    events: (await queries.events(page)).rows.map(({ id }) => id),
    audited: audit.rows.length,
    effects: (await queries.effects(page)).rows.map(({ key, state }) => `${key} ${state}`),
    parked: (await queries.parked(page)).rows.map(({ message }) => message.type),
    quarantined: (await queries.quarantined(page)).rows.map(({ sentence }) => sentence),
    deadLetters: (await queries.deadLetters(page)).rows.map(({ sentence }) => sentence),
  }
}

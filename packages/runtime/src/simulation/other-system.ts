import {
  type Connector,
  CounterfoilError,
  type Envelope,
  type WriteAnswer,
} from '@counterfoil/core'
import { downSubject, refusedSubject, subjectOf } from './story.ts'

type WriteRequest = Parameters<Connector['write']>[0]

/** Something the other system was asked, and what it knows of it. */
export type Asked = {
  readonly tenant: string
  readonly key: string
  readonly subject: string
  /** The aggregate and destination whose order must be kept. */
  readonly line: string
  /** When the call set out, in milliseconds since the epoch; it may arrive late. */
  readonly at: number
}

/**
 * The system behind the connector. It remembers by key what it did, beyond any death of its callers, and answers a
 * repeat with the first reference.
 */
export type OtherSystem = {
  readonly write: (request: WriteRequest, at: number) => WriteAnswer
  readonly read: (cursor: string | null, limit: number) => Awaited<ReturnType<Connector['read']>>
  /** Keys in the order in which they were first applied. */
  readonly applied: readonly Asked[]
  /** Everything that was asked, repeats too. */
  readonly asked: readonly Asked[]
}

/** A system that has not been asked anything, with deliveries waiting to be fetched. */
export function createOtherSystem(feed: readonly Envelope[]): OtherSystem {
  const applied: Asked[] = []
  const asked: Asked[] = []
  const numbers = new Map<string, number>()
  return {
    applied,
    asked,
    write: ({ tenant, aggregate, intent, idempotencyKey: key }, at) => {
      const subject = subjectOf(intent)
      const line = `${tenant} ${aggregate.key} ${intent.kind}`
      const one = { tenant, key, subject, line, at }
      asked.push(one)
      if (subject.startsWith(downSubject)) throw outage('is down')
      if (subject.startsWith(refusedSubject)) {
        return { kind: 'refused', reason: 'no', sentence: 'it is declined' }
      }
      const whole = `${tenant} ${key}`
      const before = numbers.get(whole)
      const number = before ?? numbers.size + 1
      if (before === undefined) applied.push(one)
      numbers.set(whole, number)
      return { kind: 'applied', reference: `R${number}`, repeated: before !== undefined }
    },
    read: (cursor, limit) => {
      const from = Number(cursor ?? 0)
      const deliveries = feed.slice(from, from + limit)
      const next = from + deliveries.length
      return { deliveries, cursor: String(next), more: next < feed.length }
    },
  }
}

/** An error of the kind that a caller tries again after. */
export function outage(sentence: string): CounterfoilError {
  return new CounterfoilError('CONNECTOR_UNAVAILABLE', `the other system ${sentence}`, {
    retryable: true,
  })
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { systemActor } from '../message/actor.ts'
import { type Message, messageData } from '../message/message.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import { anAgreement, anAgreementKey, releasedFor } from './agreement.examples.ts'
import { stoppedLines } from './agreement-standing.ts'
import type { AgreementState } from './agreement-state.ts'
import { sumAgreement } from './count-releases.ts'
import { decideAgreement } from './decide-agreement.ts'

/** A release in whole euros, so that a plain number counts it exactly: of 10,000 in all. */
type Plain = { readonly number: string; readonly day: string; readonly tellings: readonly number[] }

const plain = fc
  .uniqueArray(
    fc.record({
      number: fc.integer({ min: 100, max: 999 }).map(String),
      day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`),
      tellings: fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 3 }),
    }),
    { selector: ({ number }) => number, minLength: 1, maxLength: 6 },
  )
  .map((releases): readonly Plain[] => releases)

const message = (id: string, type: string, data: object): Message => ({
  id,
  tenant: 'acme' as Message['tenant'],
  aggregate: { kind: 'agreement', key: anAgreementKey },
  type,
  schemaVersion: 1,
  occurredAt: instant('2026-12-01T08:00:00Z'),
  receivedAt: instant('2026-12-01T08:00:00Z'),
  actor: systemActor,
  causedBy: null,
  data: messageData(data),
})

const told = ({ number, day, tellings }: Plain): readonly Message[] =>
  tellings.map((euros, index) =>
    message(`${number}/${index}`, 'release.counted', {
      ...releasedFor(`${euros}.00`, index + 1),
      orderNumber: number,
      orderKey: `acme/0001/${number}`,
      releasedOn: day,
    }),
  )

const listen = (messages: readonly Message[]): AgreementState => {
  let state: AgreementState | null = null
  for (const one of messages) {
    state = decideAgreement(state, one, { policy: aPolicy(), now: one.receivedAt }).state
  }
  if (state === null) throw new Error('nothing was told')
  return state
}

/** The same in plain numbers: by day, then number, whoever crosses 10,000 is over by what is beyond it. */
const byHand = (releases: readonly Plain[]) => {
  const inOrder = releases.toSorted((a, b) =>
    `${a.day}${a.number}` < `${b.day}${b.number}` ? -1 : 1,
  )
  let sum = 0
  const over: string[] = []
  for (const { number, tellings } of inOrder) {
    const before = sum
    sum += tellings.at(-1) ?? 0
    const excess = sum - Math.max(before, 10_000)
    if (excess > 0) over.push(`${number} ${excess}.00`)
  }
  return { sum, over: over.toSorted() }
}

describe('an agreement', () => {
  it('counts what a plain loop counts, whatever comes first, late or twice (INV-2)', () => {
    fc.assert(
      fc.property(plain, fc.infiniteStream(fc.nat()), (releases, chance) => {
        const next = (size: number) => Number(chance.next().value) % size
        const once = [
          message('agreement', 'agreement.issued', { document: anAgreement() }),
          ...releases.flatMap(told),
        ]
        const twice = [...once, ...once]
        for (let index = twice.length - 1; index > 0; index -= 1) {
          const other = next(index + 1)
          const [a, b] = [twice[index], twice[other]]
          if (a !== undefined && b !== undefined) [twice[index], twice[other]] = [b, a]
        }
        const { facts } = listen(twice)
        const found = [...stoppedLines(facts)].flatMap(([number, lines]) =>
          lines.map(({ sentence }) => `${number} ${/: ([\d.]+) EUR too much/.exec(sentence)?.[1]}`),
        )
        const { sum, over } = byHand(releases)
        expect(Number(sumAgreement(facts)?.amountReleased)).toBe(sum)
        expect(found.toSorted()).toEqual(over)
      }),
      { numRuns: 25 },
    )
  })
})

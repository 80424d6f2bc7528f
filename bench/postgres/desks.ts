import { createCoreClerk } from './core-clerk.ts'
import { openCounterfoilDesk } from './counterfoil-desk.ts'
import { openDbosDesk } from './dbos-desk.ts'
import type { Desk, Place } from './desk.ts'
import { plainClerk } from './plain-clerk.ts'
import { openRowLockDesk } from './row-lock-desk.ts'

/** Every way to keep the books, by its name. */
export const desks = {
  counterfoil: openCounterfoilDesk,
  'row-locks-deciding': (place) => openRowLockDesk(place, createCoreClerk()),
  'row-locks-plain': (place) => openRowLockDesk(place, plainClerk),
  'dbos-deciding': (place) => openDbosDesk(place, createCoreClerk()),
  'dbos-plain': (place) => openDbosDesk(place, plainClerk),
} satisfies Readonly<Record<string, (place: Place) => Desk | Promise<Desk>>>

export type DeskName = keyof typeof desks

import * as z from 'zod'
import type { AuthorityRefusal } from './authority-refusal.ts'

/** What somebody does in a case that another must not do as well (segregation of duties). */
export const Duty = z.enum([
  'create-order',
  'approve-order',
  'receive',
  'enter-invoice',
  'approve-invoice',
  'release-hold',
  'change-tolerance',
  'change-bank-data',
  'approve-bank-data',
  'pay',
])
export type Duty = z.infer<typeof Duty>

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })

/** Who did a duty in a case: each person once for each duty, with whom they did it for. */
export const DutyDone = z.strictObject({
  duty: Duty,
  by: person,
  /** For whom, where they acted for another: what one of them did, both did. */
  onBehalfOf: person.optional(),
})
export type DutyDone = z.infer<typeof DutyDone>

/** Two duties one person does not do in one case, and why. */
export const DutyConflict = z.strictObject({
  duties: z.tuple([Duty, Duty]),
  because: z.string().min(1).max(300),
})
export type DutyConflict = z.infer<typeof DutyConflict>

/** The pairs of duties that are kept apart in every case unless a rule lets a second approver stand for the separation. */
export const dutyConflicts: readonly DutyConflict[] = [
  {
    duties: ['create-order', 'approve-order'],
    because: 'nobody approves what they ordered',
  },
  {
    duties: ['approve-order', 'receive'],
    because: 'nobody says that what they approved has come',
  },
  {
    duties: ['receive', 'enter-invoice'],
    because: 'nobody counts goods and enters what is asked for them',
  },
  {
    duties: ['enter-invoice', 'approve-invoice'],
    because: 'nobody approves what they entered',
  },
  {
    duties: ['enter-invoice', 'release-hold'],
    because: 'nobody lets go what stops an invoice they entered',
  },
  {
    duties: ['change-tolerance', 'release-hold'],
    because: 'nobody who moves a limit lets go what it stopped',
  },
  {
    duties: ['change-bank-data', 'pay'],
    because: 'nobody pays to an account they wrote down',
  },
  {
    duties: ['change-bank-data', 'approve-bank-data'],
    because: 'nobody approves an account they wrote down',
  },
]

/** A duty that a person may not do because of another they did. */
export type DutyBreach = {
  readonly person: string
  /** The duty they did, and the one they are about to do. */
  readonly did: Duty
  readonly duty: Duty
  readonly conflict: DutyConflict
}

/** What stands against persons doing a duty in a case: each of them as whom they act, and for whom. */
export function breachesOfDuty({
  persons,
  duty,
  done,
  conflicts = dutyConflicts,
}: {
  readonly persons: readonly string[]
  readonly duty: Duty
  readonly done: readonly DutyDone[]
  readonly conflicts?: readonly DutyConflict[]
}): readonly DutyBreach[] {
  return conflicts.flatMap((conflict) => {
    const other = otherDuty(conflict, duty)
    if (other === null) return []
    return persons.flatMap((person) =>
      done.some((one) => one.duty === other && handsOf(one).includes(person))
        ? [{ person, did: other, duty, conflict }]
        : [],
    )
  })
}

/** The duties of a case that one person did and must not have done both. */
export function breachesAmong(
  done: readonly DutyDone[],
  conflicts: readonly DutyConflict[] = dutyConflicts,
): readonly DutyBreach[] {
  return conflicts.flatMap((conflict) => {
    const [first, second] = conflict.duties
    const persons = done.filter(({ duty }) => duty === first).flatMap(handsOf)
    return [...new Set(persons)].flatMap((person) =>
      done.some((one) => one.duty === second && handsOf(one).includes(person))
        ? [{ person, did: first, duty: second, conflict }]
        : [],
    )
  })
}

/** The refusal of a duty, in words. */
export function refusalOfBreach({ person, did, duty, conflict }: DutyBreach): AuthorityRefusal {
  return {
    reason: 'duty-conflict',
    sentence: `\`${person}\` did \`${did}\` in this case, so somebody else does \`${duty}\`: ${conflict.because}`,
  }
}

/** Adds who did a duty, each once, in a stable order. */
export function withDuty(done: readonly DutyDone[], added: DutyDone): readonly DutyDone[] {
  const all = done.some((one) => textOf(one) === textOf(added)) ? done : [...done, added]
  return all.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
}

/** A duty that one person did, for every other of them. */
export function dutyOfPersons(duty: Duty, [by, ...others]: readonly string[]): readonly DutyDone[] {
  if (by === undefined) return []
  return others.length === 0
    ? [{ duty, by }]
    : others.map((onBehalfOf) => ({ duty, by, onBehalfOf }))
}

function textOf({ duty, by, onBehalfOf = '' }: DutyDone): string {
  return JSON.stringify([duty, by, onBehalfOf])
}

function otherDuty({ duties: [first, second] }: DutyConflict, duty: Duty): Duty | null {
  if (first === duty) return second
  return second === duty ? first : null
}

function handsOf({ by, onBehalfOf }: DutyDone): readonly string[] {
  return onBehalfOf === undefined ? [by] : [by, onBehalfOf]
}

import * as z from 'zod'

/** Who or what did something. An `ai` actor is never an approver of record. */
export const Actor = z.strictObject({
  kind: z.enum(['user', 'supplier-user', 'system', 'connector', 'ai']),
  id: z.string().min(1).max(120).meta({ 'x-personal': 'name' }),
  onBehalfOf: z.string().max(120).meta({ 'x-personal': 'name' }).optional(),
  roles: z.array(z.string().min(1).max(60)),
  /**
   * How sure the host is who it is: `low` for a name somebody gave, `substantial` for a sign-in, `high` for a second factor.
   * What only a person may decide is not taken on a `low` one. Absent: as sure as the host needs.
   */
  assurance: z.enum(['low', 'substantial', 'high']).optional(),
})
export type Actor = z.infer<typeof Actor>

/** Why what only a person may decide is not taken from an actor; null when it is. */
export function refusalOfPerson({ kind, assurance }: Pick<Actor, 'kind' | 'assurance'>): {
  readonly reason: string
  readonly sentence: string
} | null {
  if (kind !== 'user') {
    return { reason: 'not-a-person', sentence: 'only a person can decide this' }
  }
  if (assurance !== 'low') return null
  return {
    reason: 'not-sure-who',
    sentence: 'nobody is sure who this is: sign in before deciding this',
  }
}

/** The actor of what follows from a decision without anybody asking. */
export const systemActor: Actor = { kind: 'system', id: 'counterfoil', roles: [] }

import * as z from 'zod'

/** Who or what did something. An `ai` actor is never an approver of record. */
export const Actor = z.strictObject({
  kind: z.enum(['user', 'supplier-user', 'system', 'connector', 'ai']),
  id: z.string().min(1).max(120),
  onBehalfOf: z.string().max(120).optional(),
  roles: z.array(z.string().min(1).max(60)),
})
export type Actor = z.infer<typeof Actor>

/** The actor of what follows from a decision without anybody asking. */
export const systemActor: Actor = { kind: 'system', id: 'counterfoil', roles: [] }

import { connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'

/** Gives the audit log. */
export function createAuditResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      auditTrail: async (_: unknown, args: PageArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return connectPage({
          args,
          read: (paging) => queries.audit({ tenant, ...paging }),
          idOf: ({ hash }) => hash,
          nodeOf: (entry) => entry,
        })
      },
    },
  }
}

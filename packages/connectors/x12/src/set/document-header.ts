import { type Instant, type Origin, type PurchaseOrder, sha256Hex } from '@counterfoil/core'
import type * as z from 'zod'
import { cutText } from '../finding/finding-log.ts'
import type { SetReading } from './set-reading.ts'

/** The fields every document begins with, before their schema has seen them. */
export type DocumentHeaderDraft = Pick<
  z.input<typeof PurchaseOrder>,
  'tenant' | 'buyerOrganisation' | 'supplier' | 'documentNumber' | 'revision' | 'issuedAt'
> & { readonly origin: z.input<typeof Origin> }

/** What a mapping knows of its document's header; tenant, buyer and origin come from the reading. */
export const documentHeader = (
  { context, deliveryKey, raw, interchange }: SetReading,
  {
    foreignId = null,
    ...known
  }: {
    readonly supplier: string
    readonly documentNumber: string
    readonly revision: number
    readonly issuedAt: Instant
    /** The sender's own record behind the document, such as the supplier's order number. */
    readonly foreignId?: string | null
  },
): DocumentHeaderDraft => ({
  tenant: context.tenant,
  buyerOrganisation: context.buyerOrganisation,
  ...known,
  origin: {
    channel: 'x12',
    connection: context.connection,
    deliveryKey,
    contentHash: sha256Hex(raw),
    ...(foreignId === null ? {} : { foreignId: cutText(foreignId, foreignIdCharactersMax) }),
    ...(interchange.usage === 'test' ? { isTest: true } : {}),
  },
})

const foreignIdCharactersMax = 200

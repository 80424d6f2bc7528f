import {
  CounterfoilError,
  type Envelope,
  type EnvelopeHeader,
  Instant,
  TimeZone,
} from '@counterfoil/core'
import * as z from 'zod'

const shortText = z.string().trim().min(1).max(120)

const CheckedHeader = z.object({
  tenant: shortText,
  buyerOrganisation: shortText,
  supplier: shortText.optional(),
  connection: shortText,
  receivedAt: Instant.optional(),
  timeZone: TimeZone,
  currency: z.string().length(3).optional(),
})

/** The envelope without its content, checked. What is wrong with it is the caller's mistake and throws. */
export function checkEnvelope(envelope: Envelope): EnvelopeHeader & z.infer<typeof CheckedHeader> {
  const parsed = CheckedHeader.safeParse(envelope)
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error).replaceAll('\n', ' '))
  if (envelope.body !== undefined && typeof envelope.body !== 'string') {
    throw invalid('its `body` has to be text')
  }
  if ((envelope.body === undefined) === (envelope.document === undefined)) {
    throw invalid('it needs either a `body` or a `document`')
  }
  return parsed.data
}

function invalid(reason: string): CounterfoilError {
  return new CounterfoilError('COMMAND_INVALID', `cannot take the delivery in: ${reason}`)
}

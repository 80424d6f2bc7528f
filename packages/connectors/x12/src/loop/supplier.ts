import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'
import { takeParty, type X12Party } from './parties.ts'

const supplierRoles = ['SU', 'SE', 'VN']
const idCharactersMax = 80

/**
 * The supplier: the connection's, when it belongs to one; else the number of the supplier named in the
 * document (the buyer's own number for it first), else whoever stands on the supplier's side of the group
 * or interchange. Null, with an error, where nobody is named.
 */
export const readSupplier = (
  reading: SetReading,
  parties: readonly X12Party[],
  { begin, side }: { readonly begin: Segment; readonly side: 'sender' | 'receiver' },
): string | null => {
  const candidates = parties.filter((party) => supplierRoles.includes(party.role))
  for (const { segment } of candidates) reading.use(segment)
  if (reading.context.supplier !== undefined) return reading.context.supplier
  const numbered = candidates.filter((party) => party.id !== '')
  const party =
    numbered.find((one) => one.qualifier === '92') ?? takeParty(reading, numbered, supplierRoles)
  if (party !== null && party !== undefined) return cutText(party.id, idCharactersMax)
  const named = envelopeParty(reading, side) || (candidates[0]?.name ?? '')
  if (named === '') return noSupplier(reading, begin)
  note(
    reading,
    'x12-supplier-from-envelope',
    { segment: begin },
    {
      severity: 'info',
      sentence: `the document numbers no supplier: ${quoted(named)}, the ${side} of the interchange, is taken`,
    },
  )
  return cutText(named, idCharactersMax)
}

const envelopeParty = ({ group, interchange }: SetReading, side: 'sender' | 'receiver'): string =>
  side === 'sender' ? group.sender || interchange.sender : group.receiver || interchange.receiver

const noSupplier = (reading: SetReading, begin: Segment): null => {
  note(
    reading,
    'x12-supplier-missing',
    { segment: begin },
    {
      severity: 'error',
      sentence:
        'neither the document nor its envelope names a supplier: give the connection a supplier, or ask for N1*SU',
    },
  )
  return null
}

import { cutText } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** A party of an N1 loop. */
export type X12Party = {
  readonly segment: Segment
  /** N101 (X12 98): `BY` buyer, `ST` ship to, `SF` ship from, `SU`, `SE` and `VN` supplier. */
  readonly role: string
  readonly name: string
  /** N103: `92` the buyer's number, `91` the seller's, `1` DUNS, `9` DUNS+4, `UL` GLN. */
  readonly qualifier: string
  readonly id: string
}

/** A header with its N1 loops taken out, so that a party's REF is not mistaken for the document's. */
export type PartySections = {
  readonly parties: readonly X12Party[]
  readonly rest: readonly Segment[]
}

/** Segments that continue an N1 loop. Terms, dates and carriers after one speak for the whole document. */
const loopIds: ReadonlySet<string> = new Set(['N2', 'N3', 'N4', 'NX2', 'IN2', 'REF', 'PER', 'SI'])

/** Separates the N1 loops from the segments around them. */
export const splitParties = (segments: readonly Segment[]): PartySections => {
  const parties: X12Party[] = []
  const rest: Segment[] = []
  let inLoop = false
  for (const segment of segments) {
    if (segment.id === 'N1') {
      parties.push(partyOf(segment))
      inLoop = true
      continue
    }
    inLoop = inLoop && loopIds.has(segment.id)
    if (!inLoop) rest.push(segment)
  }
  return { parties, rest }
}

const partyOf = (segment: Segment): X12Party => ({
  segment,
  role: elementText(segment, 1),
  name: elementText(segment, 2),
  qualifier: elementText(segment, 3),
  id: elementText(segment, 4),
})

/** The first party of a role, in the order of the roles, which counts as used; null where there is none. */
export const takeParty = (
  reading: SetReading,
  parties: readonly X12Party[],
  roles: readonly string[],
): X12Party | null => {
  for (const role of roles) {
    const found = parties.find((party) => party.role === role)
    if (found === undefined) continue
    reading.use(found.segment)
    return found
  }
  return null
}

const idCharactersMax = 80

/**
 * The place goods go to: the number of the ship-to party. A ship-to with a name and no number stays
 * unnamed, since a place must be one of the location master.
 */
export const readShipTo = (reading: SetReading, parties: readonly X12Party[]): string | null => {
  const party = takeParty(reading, parties, ['ST'])
  if (party === null) return null
  if (party.id !== '') return cutText(party.id, idCharactersMax)
  note(
    reading,
    'x12-ship-to-unnumbered',
    { segment: party.segment },
    {
      severity: 'info',
      sentence:
        'the ship-to has a name and no number, so no place of the location master can be told from it',
    },
  )
  return null
}

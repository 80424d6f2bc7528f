import type { CalendarDate, ShipNotice } from '@counterfoil/core'
import type * as z from 'zod'
import { readDate, readInstant, takeDate } from '../element/read-date.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import { startLineNumbering } from '../loop/line-numbers.ts'
import { notesField, readNotes } from '../loop/notes.ts'
import { noteRelease, orderNumberOf } from '../loop/order-number.ts'
import {
  type PartySections,
  readShipTo,
  splitParties,
  takeParty,
  type X12Party,
} from '../loop/parties.ts'
import { linesMax } from '../loop/split-lines.ts'
import { readSupplier } from '../loop/supplier.ts'
import { documentHeader } from '../set/document-header.ts'
import { note, type SetReading, takeFirst, takeReference } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { type Hierarchy, type Level, pathOf, readHierarchy } from './hierarchy.ts'
import { mapShipNoticeLine, prfPlace, type ShipNoticeLineDraft } from './map-ship-notice-line.ts'
import { isPack, readPacks } from './read-packs.ts'

/** A ship notice out of an 856. Null where it cannot be one, which an error explains. */
export const mapShipNotice = (reading: SetReading): z.input<typeof ShipNotice> | null => {
  const hierarchy = readHierarchy(reading)
  const begin = takeFirst(reading, hierarchy.header, 'BSN')
  if (begin === null) return noBeginning(reading)
  const shipment = shipmentSegments(hierarchy)
  const { parties, rest } = splitParties(shipment)
  const head = readHead(reading, begin)
  const named = [...parties, ...orderParties(hierarchy)]
  const supplier = readSupplier(reading, named, { begin, side: 'sender' })
  if (hasTooManyLoops(reading, hierarchy) || head === null || supplier === null) return null
  const purpose = readPurpose(reading, begin)
  const time = { segment: begin, element: 4 }
  return {
    kind: 'ship-notice',
    ...documentHeader(reading, {
      supplier,
      documentNumber: head.number,
      revision: purpose === 'original' ? 0 : 1,
      issuedAt: readInstant(reading, head.date, time),
    }),
    ...notesField(readNotes(reading, rest)),
    purpose,
    shipDate: takeDate(reading, rest, shipQualifiers)?.from ?? null,
    estimatedDeliveryDate: takeDate(reading, rest, deliveryQualifiers)?.to ?? null,
    ...transportOf(reading, { parties, rest }),
    shipTo: readShipTo(reading, parties) ?? orderShipTo(reading, hierarchy),
    ...readContents(reading, hierarchy),
  }
}

/** DTM qualifiers, the surest first: shipped, then as planned. */
const shipQualifiers = ['011', '079', '068', '010']
const deliveryQualifiers = ['017', '371', '067', '069', '002']

const noBeginning = (reading: SetReading): null => {
  const [segment] = reading.set.segments
  if (segment === undefined) return null
  note(
    reading,
    'x12-beginning-missing',
    { segment },
    {
      severity: 'error',
      sentence: 'the 856 has no BSN, so the shipment has no number: ask the sender what this is',
    },
  )
  return null
}

/** What is said of the shipment as a whole: before the first loop, and in the loops of kind S. */
const shipmentSegments = ({ header, levels }: Hierarchy): readonly Segment[] => [
  ...header,
  ...levels.filter(({ code }) => code === 'S').flatMap(({ below }) => below),
]

const readHead = (
  reading: SetReading,
  begin: Segment,
): { readonly number: string; readonly date: CalendarDate } | null => {
  const number = elementText(begin, 2)
  const date = readDate(reading, { segment: begin, element: 3 })
  if (number === '') {
    note(
      reading,
      'x12-shipment-number-missing',
      { segment: begin, element: 2 },
      {
        severity: 'error',
        sentence:
          'BSN has no shipment number, which receipts and invoices refer to: ask the supplier for it',
      },
    )
  }
  if (date === null) {
    note(
      reading,
      'x12-issue-date-missing',
      { segment: begin, element: 3 },
      {
        severity: 'error',
        sentence: 'BSN has no usable date, so it cannot be told from an older notice',
      },
    )
  }
  return number === '' || date === null ? null : { number, date }
}

const loopsMax = linesMax * 4

const hasTooManyLoops = (reading: SetReading, { levels }: Hierarchy): boolean => {
  const first = levels[loopsMax]
  if (first === undefined) return false
  note(
    reading,
    'x12-lines-too-many',
    { segment: first.segment },
    {
      severity: 'error',
      sentence: `the notice has ${levels.length} loops and at most ${loopsMax} can be taken: ask the supplier to split it`,
    },
  )
  return true
}

/** BSN01 (X12 353). */
const purposes: ReadonlyMap<string, ShipNotice['purpose']> = new Map([
  ['00', 'original'],
  ['14', 'original'],
  ['06', 'original'],
  ['07', 'original'],
  ['01', 'cancel'],
  ['03', 'cancel'],
  ['04', 'replace'],
  ['05', 'replace'],
])

const readPurpose = (reading: SetReading, begin: Segment): ShipNotice['purpose'] => {
  const code = elementText(begin, 1)
  const known = purposes.get(code)
  if (known !== undefined) return known
  note(
    reading,
    'x12-purpose-unknown',
    { segment: begin, element: 1 },
    {
      severity: 'info',
      sentence: `purpose ${quoted(code)} is in no table of this reader: the notice is taken as an original`,
    },
  )
  return 'original'
}

const textCharactersMax = 120

/** Where it comes from, who carries it, and by which number it can be traced. */
const transportOf = (
  reading: SetReading,
  { parties, rest }: PartySections,
): { shipFrom?: string; carrier?: string; trackingNumber?: string } => {
  const from = takeParty(reading, parties, ['SF'])
  const shipFrom = from === null ? '' : from.name || from.id
  const carrier = carrierOf(reading, rest)
  // A bill of lading traces a truckload; carriers' own numbers are surer.
  const tracking = takeReference(reading, rest, ['2I', 'CN', 'BM']) ?? ''
  return {
    ...(shipFrom === '' ? {} : { shipFrom: cutText(shipFrom, textCharactersMax) }),
    ...(carrier === '' ? {} : { carrier: cutText(carrier, textCharactersMax) }),
    ...(tracking === '' ? {} : { trackingNumber: cutText(tracking, textCharactersMax) }),
  }
}

/** TD503 is the carrier's SCAC when TD502 is 2; else TD505 is its name. */
const carrierOf = (reading: SetReading, rest: readonly Segment[]): string => {
  const segment = takeFirst(reading, rest, 'TD5', (one) => hasElement(one, 3) || hasElement(one, 5))
  if (segment === null) return ''
  const isScac = elementText(segment, 2).replace(/^0/, '') === '2'
  const scac = elementText(segment, 3)
  return isScac && scac !== '' ? scac : elementText(segment, 5) || scac
}

/** A ship-to that stands in the order loops, when all of them name the same place. */
const orderShipTo = (reading: SetReading, hierarchy: Hierarchy): string | null => {
  const parties = orderParties(hierarchy).filter(({ role, id }) => role === 'ST' && id !== '')
  return new Set(parties.map(({ id }) => id)).size === 1 ? readShipTo(reading, parties) : null
}

const orderParties = ({ levels }: Hierarchy): readonly X12Party[] =>
  levels.filter(({ code }) => code === 'O').flatMap(({ below }) => splitParties(below).parties)

const readContents = (
  reading: SetReading,
  hierarchy: Hierarchy,
): Pick<z.input<typeof ShipNotice>, 'packs' | 'lines'> => {
  const { levels, summary } = hierarchy
  const items = levels.filter(isItem)
  const { packs, packOf } = readPacks(reading, levels)
  const packIdOf = (level: Level): string | null => {
    const around = pathOf(level).find(isPack) ?? packBelow(reading, level, levels)
    return around === null ? null : (packOf.get(around)?.packId ?? null)
  }
  const numbering = startLineNumbering(
    reading,
    items.flatMap(({ below }) =>
      below.filter(({ id }) => id === 'LIN').map((segment) => ({ segment, element: 1 })),
    ),
    'info',
  )
  const frame = { numbering, packIdOf, onlyOrder: onlyOrderOf(reading, levels) }
  const lines = items.flatMap((level) => mapShipNoticeLine(reading, level, frame) ?? [])
  noteEmptyPacks(reading, levels, items)
  checkCount(reading, summary, { levels, items })
  noteNoLines(reading, lines)
  return { packs: [...packs], lines }
}

/** An item, or a kit or component that is not inside an item: its SN1 says how much was shipped. */
const isItem = (level: Level): boolean =>
  itemCodes.has(level.code) &&
  !pathOf(level)
    .slice(1)
    .some(({ code }) => itemCodes.has(code))

const itemCodes: ReadonlySet<string> = new Set(['I', 'K', 'F'])

/** Structure 0002 puts the packs below the item: one pack holds it, of several nobody says how much each holds. */
const packBelow = (reading: SetReading, item: Level, levels: readonly Level[]): Level | null => {
  const packs = levels.filter((level) => level.parent === item && isPack(level))
  const [first, second] = packs
  if (second === undefined) return first ?? null
  note(
    reading,
    'x12-item-in-several-packs',
    { segment: item.segment },
    {
      severity: 'info',
      sentence: `the item lies in ${packs.length} packs, and the notice does not say how much in which: the line names no pack`,
    },
  )
  return null
}

/** The one order a whole notice is about; null where it names several, or none. */
const onlyOrderOf = (reading: SetReading, levels: readonly Level[]): string | null => {
  const named = levels
    .flatMap(({ below }) => below)
    .filter((one) => one.id === 'PRF' && hasElement(one, 1))
  for (const segment of named) noteRelease(reading, segment, { place: prfPlace, severity: 'info' })
  const orders = new Set(named.map((segment) => orderNumberOf(reading, segment, prfPlace)))
  const [order] = orders
  return orders.size === 1 ? (order ?? null) : null
}

const noteEmptyPacks = (
  reading: SetReading,
  levels: readonly Level[],
  items: readonly Level[],
): void => {
  const full = new Set(items.flatMap((item) => pathOf(item)))
  const below = new Set(items)
  const empty = levels.filter(
    (level) =>
      isPack(level) && !full.has(level) && !(level.parent !== null && below.has(level.parent)),
  )
  const [first] = empty
  if (first === undefined) return
  note(
    reading,
    'x12-pack-empty',
    { segment: first.segment },
    {
      severity: 'info',
      sentence: `${empty.length} of the packs list no item: they are kept, and nobody knows from here what is in them`,
    },
  )
}

/** CTT01 counts the loops with some partners and the items with others. */
const checkCount = (
  reading: SetReading,
  summary: readonly Segment[],
  { levels, items }: { readonly levels: readonly Level[]; readonly items: readonly Level[] },
): void => {
  const totals = takeFirst(reading, summary, 'CTT')
  if (totals === null) return
  const stated = elementText(totals, 1).replace(/^0+(?=.)/, '')
  if (['', String(levels.length), String(items.length)].includes(stated)) return
  note(
    reading,
    'x12-line-count',
    { segment: totals, element: 1 },
    {
      severity: 'warning',
      sentence: `CTT counts ${quoted(stated)} where ${levels.length} loops with ${items.length} items arrived: ask the supplier whether something is missing`,
    },
  )
}

const noteNoLines = (reading: SetReading, lines: readonly ShipNoticeLineDraft[]): void => {
  const begin = reading.set.segments.find(({ id }) => id === 'BSN')
  if (lines.length > 0 || begin === undefined) return
  note(
    reading,
    'x12-lines-missing',
    { segment: begin },
    {
      severity: 'error',
      sentence:
        'the notice lists no item that was shipped: a notice, also one that cancels another, must say of which lines',
    },
  )
}

import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** One HL loop of a ship notice: a shipment, an order, a pallet, a carton or an item in it. */
export type Level = {
  readonly segment: Segment
  /** HL03: `S` shipment, `O` order, `T` pallet, `P` carton, `I` item. */
  readonly code: string
  /** The segments of its loop, without those of the loops below it. */
  readonly below: readonly Segment[]
  /** The loop it belongs to; null for the shipment and for loops that belong to nothing. */
  readonly parent: Level | null
}

/** A ship notice cut at its HL segments. */
export type Hierarchy = {
  /** What stands before the first HL. */
  readonly header: readonly Segment[]
  /** Every loop in its order; a parent always comes before its children. */
  readonly levels: readonly Level[]
  readonly summary: readonly Segment[]
}

/**
 * Builds the tree of HL loops from HL02, the number of the parent, whatever order and nesting BSN05
 * announces. Where HL02 is blank or names no earlier loop, the nearest loop above of a wider kind is taken.
 */
export const readHierarchy = (reading: SetReading): Hierarchy => {
  const { header, loops, summary } = cutLoops(reading.set.segments)
  for (const { segment } of loops) reading.use(segment)
  const ranks = readRanks(header)
  const byNumber = new Map<string, Level>()
  const levels: Level[] = []
  for (const { segment, below } of loops) {
    const code = elementText(segment, 3)
    const parent = findParent(reading, { segment, code }, { byNumber, levels, ranks })
    const level = { segment, code, below, parent }
    levels.push(level)
    const number = elementText(segment, 1)
    if (byNumber.has(number)) noteTwice(reading, segment, number)
    else byNumber.set(number, level)
  }
  return { header, levels, summary }
}

/** The loop itself and those it stands in, from the inside out. */
export const pathOf = (level: Level): readonly Level[] => {
  const path: Level[] = []
  for (let one: Level | null = level; one !== null; one = one.parent) path.push(one)
  return path
}

type Loop = { readonly segment: Segment; readonly below: Segment[] }

const cutLoops = (
  segments: readonly Segment[],
): { readonly header: Segment[]; readonly loops: Loop[]; readonly summary: Segment[] } => {
  const header: Segment[] = []
  const loops: Loop[] = []
  const summary: Segment[] = []
  let current = header
  for (const segment of segments) {
    if (segment.id === 'ST' || segment.id === 'SE') continue
    if (segment.id === 'HL') {
      current = []
      loops.push({ segment, below: current })
      continue
    }
    if (segment.id === 'CTT') current = summary
    current.push(segment)
  }
  return { header, loops, summary }
}

/** Kinds of loop from wide to narrow, by BSN05 (X12 1005); only used where HL02 does not say. */
const structures: ReadonlyMap<string, string> = new Map([
  ['0001', 'SOTPI'],
  ['0002', 'SOITP'],
  ['0003', 'STPOI'],
  ['0004', 'SOI'],
])

const readRanks = (header: readonly Segment[]): string => {
  const begin = header.find(({ id }) => id === 'BSN')
  const structure = begin === undefined ? '' : elementText(begin, 5)
  return structures.get(structure) ?? 'SOTPI'
}

type Known = {
  readonly byNumber: ReadonlyMap<string, Level>
  readonly levels: readonly Level[]
  readonly ranks: string
}

const findParent = (
  reading: SetReading,
  { segment, code }: { readonly segment: Segment; readonly code: string },
  { byNumber, levels, ranks }: Known,
): Level | null => {
  const stated = elementText(segment, 2)
  const named = byNumber.get(stated)
  if (stated !== '' && named !== undefined) return named
  if (code === 'S' || levels.length === 0) return null
  const found = nearestWider(code, levels, ranks)
  note(
    reading,
    'x12-parent-missing',
    { segment, element: 2 },
    {
      severity: stated === '' ? 'info' : 'warning',
      sentence:
        stated === ''
          ? `the loop does not say what it belongs to: the nearest wider loop before it is taken${found === null ? ', and there is none' : ''}`
          : `the loop belongs to ${quoted(stated)}, which is no loop before it: the nearest wider loop before it is taken`,
    },
  )
  return found
}

const nearestWider = (code: string, levels: readonly Level[], ranks: string): Level | null => {
  const rank = rankOf(code, ranks)
  return levels.findLast((level) => rankOf(level.code, ranks) < rank) ?? null
}

/** Kinds that a structure does not name, such as components and kits, are the narrowest. */
const rankOf = (code: string, ranks: string): number => {
  const rank = code === '' ? -1 : ranks.indexOf(code)
  return rank < 0 ? ranks.length : rank
}

const noteTwice = (reading: SetReading, segment: Segment, number: string): void =>
  note(
    reading,
    'x12-loop-number-twice',
    { segment, element: 1 },
    {
      severity: 'warning',
      sentence: `loop number ${quoted(number)} comes twice: what names it as its parent goes to the first of the two`,
    },
  )

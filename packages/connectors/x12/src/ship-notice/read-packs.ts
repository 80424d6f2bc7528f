import type { Pack } from '@counterfoil/core'
import type * as z from 'zod'
import { hasRightCheckDigit } from '../element/item-numbers.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading, takeAll } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { type Level, pathOf } from './hierarchy.ts'

/** A pack as a draft carries it. */
type PackDraft = z.input<typeof Pack>

/** The packs of a shipment, and which of them each T or P loop stands for. */
export type ReadPacks = {
  readonly packs: readonly PackDraft[]
  readonly packOf: ReadonlyMap<Level, PackDraft>
}

/** Whether a loop is a handling unit: `T` a pallet, `P` a carton. */
export const isPack = ({ code }: Level): boolean => code === 'T' || code === 'P'

/** The pallets and cartons of a shipment, each with its SSCC and the one it stands in. */
export const readPacks = (reading: SetReading, levels: readonly Level[]): ReadPacks => {
  const packs: PackDraft[] = []
  const packOf = new Map<Level, PackDraft>()
  const taken = new Set<string>()
  for (const level of levels.filter(isPack)) {
    const outer = pathOf(level).slice(1).find(isPack)
    const marks = readMarks(reading, level)
    const [first = noMark, ...others] = marks
    const pack = makePack(reading, level, { mark: first, outer: outerPack(packOf, outer), taken })
    packOf.set(level, pack)
    packs.push(pack)
    if (others.length > 0) noteSeveral(reading, level, marks.length)
    for (const mark of others) {
      packs.push(makePack(reading, level, { mark, outer: outerPack(packOf, outer), taken }))
    }
  }
  return { packs, packOf }
}

const outerPack = (
  packOf: ReadonlyMap<Level, PackDraft>,
  outer: Level | undefined,
): { readonly pack: PackDraft; readonly code: string } | null => {
  const pack = outer === undefined ? undefined : packOf.get(outer)
  return pack === undefined || outer === undefined ? null : { pack, code: outer.code }
}

/** A mark on a pack: what MAN02 says, and the SSCC when it is one. */
type Mark = {
  readonly text: string
  readonly sscc: string | null
  readonly segment: Segment | null
}
const noMark: Mark = { text: '', sscc: null, segment: null }

/** MAN01 (X12 88): `GM` and `AA` are SSCCs, the others numbers of the sender or the carrier. */
const ssccQualifiers: ReadonlySet<string> = new Set(['GM', 'AA'])

/** The SSCCs of a loop; where it has none, its first other mark. MAN04 and MAN05 are a second mark. */
const readMarks = (reading: SetReading, { below }: Level): readonly Mark[] => {
  const marks = takeAll(reading, below, 'MAN').flatMap((segment) =>
    [1, 4]
      .filter((element) => hasElement(segment, element + 1))
      .map((element) => readMark(reading, segment, element)),
  )
  const labels = marks.filter(({ sscc }) => sscc !== null)
  return labels.length > 0 ? labels : marks.slice(0, 1)
}

const readMark = (reading: SetReading, segment: Segment, element: number): Mark => {
  const text = elementText(segment, element + 1)
  if (!ssccQualifiers.has(elementText(segment, element))) return { text, sscc: null, segment }
  const digits = text.replace(/[\s()]/g, '')
  // A scanned label starts with its application identifier, 00.
  const sscc = digits.length === 20 && digits.startsWith('00') ? digits.slice(2) : digits
  const at = { segment, element: element + 1 }
  if (!/^\d{18}$/.test(sscc)) {
    note(reading, 'x12-sscc-invalid', at, {
      severity: 'warning',
      sentence: `${quoted(text)} is not an SSCC, which has 18 digits: it is kept as a plain mark`,
    })
    return { text, sscc: null, segment }
  }
  if (!hasRightCheckDigit(sscc)) {
    note(reading, 'x12-check-digit', at, {
      severity: 'info',
      sentence: `the last digit of SSCC ${quoted(sscc)} is not its check digit: the number is kept, a digit may be wrong`,
    })
  }
  return { text, sscc, segment }
}

const packIdCharactersMax = 70

const makePack = (
  reading: SetReading,
  level: Level,
  {
    mark,
    outer,
    taken,
  }: {
    readonly mark: Mark
    readonly outer: { readonly pack: PackDraft; readonly code: string } | null
    readonly taken: Set<string>
  },
): PackDraft => {
  const wanted = mark.sscc ?? (mark.text === '' ? `HL-${elementText(level.segment, 1)}` : mark.text)
  const packId = firstFree(cutText(wanted, packIdCharactersMax), taken)
  if (mark.sscc !== null && packId !== mark.sscc) noteTwice(reading, mark.segment ?? level.segment)
  taken.add(packId)
  return {
    packId,
    ...(mark.sscc === null ? {} : { sscc: mark.sscc }),
    ...(outer === null ? {} : { parentPackId: outer.pack.packId }),
    level: level.code === 'T' ? 'pallet' : outer?.code === 'P' ? 'inner' : 'carton',
  }
}

const firstFree = (wanted: string, taken: ReadonlySet<string>): string => {
  let candidate = wanted
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${wanted}-${count}`
  return candidate
}

const noteTwice = (reading: SetReading, segment: Segment): void =>
  note(
    reading,
    'x12-sscc-twice',
    { segment },
    {
      severity: 'warning',
      sentence:
        'the same SSCC stands on two packs of the shipment: both are kept, but the dock cannot tell them apart',
    },
  )

const noteSeveral = (reading: SetReading, level: Level, count: number): void =>
  note(
    reading,
    'x12-packs-several',
    { segment: level.segment },
    {
      severity: 'info',
      sentence: `the loop stands for ${count} packs with one list of contents: the contents are given to the first`,
    },
  )

import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { calendarDate, type Instant, instantOf, TimeOfDay } from '@counterfoil/core'
import { headOffice } from './distributor.ts'
import { documentsFolder } from './folders.ts'

/** One file of the story: what arrived on a connection, or what somebody at a desk did, and when. */
export type StoryPage = {
  readonly at: Instant
  /** `edi`, `portal`, `mail`, `phone`, `erp`, `wms`, `tms` or, for what people do, `desk`. */
  readonly connection: string
  /** What the file calls itself: `order-4500001`. */
  readonly name: string
  readonly text: string
}

/**
 * The story in the order in which it happened. `2026-11-03/1015-edi-acknowledgment-4500013.x12` came on 3 November at
 * 10:15, head office time, on the connection `edi`.
 */
export function readStory(): readonly StoryPage[] {
  return globSync('*/*', { cwd: documentsFolder })
    .map((file) => pageOf(file))
    .toSorted((one, other) => compareText(one.at, other.at) || compareText(one.name, other.name))
}

function pageOf(file: string): StoryPage {
  const [, hours, minutes, connection, name] =
    /^(\d\d)(\d\d)-([a-z]+)-(.+?)(?:\.action)?\.[a-z0-9]+$/.exec(basename(file)) ?? []
  if (hours === undefined || connection === undefined || name === undefined) {
    throw new Error(
      `cannot tell when \`${file}\` arrived: name it \`HHMM-connection-what.extension\``,
    )
  }
  const date = calendarDate(dirname(file))
  const time = TimeOfDay.parse(`${hours}:${minutes}`)
  const text = readFileSync(join(documentsFolder, file), 'utf8')
  return { at: instantOf(date, time, headOffice.timeZone), connection, name, text }
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

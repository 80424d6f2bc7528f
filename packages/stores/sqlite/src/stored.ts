import { epochMillisecondsOf, instant } from '@counterfoil/core'
import type { ChainOwner } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'

/** A record as the text that is stored. */
export function asText(record: object): string {
  return JSON.stringify(record)
}

/** The record a row's body holds. It was checked before it was stored, so it is not checked again. */
export function bodyOf<Record>(row: SqlRow): Record {
  return JSON.parse(textOf(row, 'body'))
}

/** A column that always holds text. */
export function textOf(row: SqlRow, column: string): string {
  return String(row[column])
}

/** A column that holds text or nothing. */
export function textOrNull(row: SqlRow, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? value : null
}

/** A column that always holds a whole number. */
export function numberOf(row: SqlRow, column: string): number {
  return Number(row[column])
}

/** Milliseconds of an instant, however it is spelled. */
export function momentOf(text: string): number {
  return epochMillisecondsOf(instant(text))
}

/** Where rows without an instant stand: after all that have one. */
export const noMoment = Number.MAX_SAFE_INTEGER

/** Milliseconds of an instant that may be missing. */
export function momentOrLast(text: string | null): number {
  return text === null ? noMoment : momentOf(text)
}

/** The three columns by which an aggregate is found. */
export function ownerOf(tenant: string, { kind, key }: ChainOwner): [string, string, string] {
  return [tenant, kind, key]
}

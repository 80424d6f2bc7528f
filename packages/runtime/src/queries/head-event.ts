import type { DomainEvent } from '@counterfoil/core'
import type { DataObject } from './read-event-data.ts'

/** What happened, in a few words: `ship notice received: ASN-1`, `invoice held: QTY_RECEIVED`, `wait started: receipt overdue`. */
export function headEvent({ type, data }: DomainEvent): string {
  const detail = detailOf(data)
  return detail === null ? wordsOf(type) : `${wordsOf(type)}: ${detail}`
}

function detailOf(data: DataObject): string | null {
  return (
    documentIn(data['document']) ??
    textIn(data['case'], 'code') ??
    textIn(data['hold'], 'code') ??
    textIn(data['result'], 'decision') ??
    clockIn(data) ??
    textIn(data, 'decision') ??
    textIn(data, 'code') ??
    documentIn(data)
  )
}

function documentIn(document: unknown): string | null {
  const number = textIn(document, 'documentNumber')
  const revision = isObject(document) ? document['revision'] : 0
  if (number === null) return null
  return typeof revision === 'number' && revision > 0 ? `${number}, revision ${revision}` : number
}

/** A clock that was started names what it will say. */
function clockIn(data: DataObject): string | null {
  const says = textIn(data, 'type')
  return says !== null && 'timerId' in data ? wordsOf(says) : null
}

function textIn(object: unknown, name: string): string | null {
  const value = isObject(object) ? object[name] : null
  return typeof value === 'string' && value !== '' ? value : null
}

function isObject(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null
}

function wordsOf(type: string): string {
  return type.replaceAll('.', ' ').replaceAll('-', ' ')
}

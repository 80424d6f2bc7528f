import * as z from 'zod'
import { TradeDocument, type TradeDocumentKind } from '../document/document.ts'
import { caseCommandSchemas } from '../exception/apply-case-command.ts'
import { Authority } from '../authority/authority-answer.ts'
import { invoiceMessages } from '../invoice-lifecycle/invoice-messages.ts'
import { Actor } from '../message/actor.ts'

/** Where a value stands in a document: field names, and `*` for each element of a list or record. */
export type FieldPath = readonly string[]

/** The fields of a schema that its author marked as naming a person, with `.meta({ 'x-personal': 'name' })`. */
export function personalFields(schema: z.core.$ZodType): readonly FieldPath[] {
  return fieldsUnder(schema, [])
}

/** The fields that name a person, by kind of document. */
export const personalFieldsOf: ReadonlyMap<TradeDocumentKind, readonly FieldPath[]> = new Map(
  TradeDocument.options.map((schema) => [schema.shape.kind.value, personalFields(schema)]),
)

/** The fields of an actor that name a person. */
export const personalFieldsOfActor = personalFields(Actor)

/** The fields of what a host said of somebody's authority that name a person. */
export const personalFieldsOfAuthority = personalFields(Authority)

/** The fields of a command's data that name a person: whom a case, a decision or a duty is about. */
export const personalFieldsOfCommand = [
  ...personalFields(caseCommandSchemas['case.assigned']),
  ...personalFields(invoiceMessages['approval.delegated']),
  ...personalFields(invoiceMessages['duties.compensated']),
]

function fieldsUnder(schema: z.core.$ZodType, path: FieldPath): readonly FieldPath[] {
  if (z.globalRegistry.get(schema)?.['x-personal'] === 'name') return [path]
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, field]) =>
      fieldsUnder(field, [...path, name]),
    )
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return fieldsUnder(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodArray) return fieldsUnder(schema.element, [...path, '*'])
  if (schema instanceof z.ZodRecord) return fieldsUnder(schema.valueType, [...path, '*'])
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => fieldsUnder(option, path))
  }
  return []
}

/** The texts at these fields, in the order they are met; what is not there or no text is passed over. */
export function textsAt(value: unknown, fields: readonly FieldPath[]): readonly string[] {
  const texts: string[] = []
  mapTextsAt(value, fields, (text) => {
    texts.push(text)
    return text
  })
  return texts
}

/** The value with the texts at these fields changed; all else is as it was. */
export function mapTextsAt(
  value: unknown,
  fields: readonly FieldPath[],
  change: (text: string) => string,
): unknown {
  return fields.reduce((changed, path) => mapAt(changed, path, change), value)
}

function mapAt(value: unknown, path: FieldPath, change: (text: string) => string): unknown {
  const [name, ...rest] = path
  if (name === undefined) return typeof value === 'string' ? change(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value))
    return name === '*' ? value.map((one) => mapAt(one, rest, change)) : value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      name === '*' || name === key ? mapAt(part, rest, change) : part,
    ]),
  )
}

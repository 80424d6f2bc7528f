import type { DocumentReader, Finding, ReadContext, ReadDocument } from '@counterfoil/core'
import { contentKey, deliveryKeyOf } from './document/delivery-key.ts'
import { documentText } from './document/document-text.ts'
import { findDocuments } from './document/find-documents.ts'
import { readDocument, readNames } from './document/read-document.ts'
import { quoted } from './finding/cut-text.ts'
import { type FindingSource, placeFinding } from './finding/finding-log.ts'
import { readUblSettings, type UblSettings, type UblSettingsInput } from './ubl-settings.ts'
import { parseXml, type XmlRefusal } from './xml/parse-xml.ts'
import { lineFinder } from './xml/text-position.ts'
import type { XmlElement } from './xml/xml-element.ts'

/**
 * A reader of UBL 2 orders, order responses, despatch advices, receipt advices, invoices and credit notes, plain or as
 * Peppol and national rules shape them. Every document of a delivery gives one document, or its reasons for not being
 * one. Throws `SETTINGS_INVALID` for settings that cannot be used, and nothing while reading.
 */
export const createUblReader = (settings: UblSettingsInput = {}): DocumentReader => {
  const filled = readUblSettings(settings)
  return { format: 'ubl', recognises, read: (text, context) => readDelivery(text, context, filled) }
}

/** How much of a text is looked at to tell its format. */
const recognisedCharacters = 8_000

/** Roots of other vocabularies that are written in XML. */
const otherRoots: ReadonlySet<string> = new Set([
  'cxml',
  'html',
  'crossindustryinvoice',
  'crossindustrydocument',
])

/** XML that is not plainly something else: an unknown root is then answered with what is expected of it. */
const recognises = (text: string): boolean => {
  const window = text.slice(0, recognisedCharacters)
  if (!/^\uFEFF?\s*</.test(window)) return false
  const [, root = ''] = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(withoutComments(window)) ?? []
  return !otherRoots.has(root.toLowerCase())
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?(?:-->|$)/g, '')

const readDelivery = (
  text: string,
  context: ReadContext,
  settings: UblSettings,
): readonly ReadDocument[] => {
  const source = { text, findLine: lineFinder(text), severities: settings.severities }
  const parsed = parseXml(text, settings.limits)
  if (parsed.kind === 'refused') return [refused(parsed, source, context)]
  const roots = findDocuments(parsed.root)
  if (roots.length === 0) return [refused(noDocument(parsed.root), source, context)]
  const documents = roots.map((root) => {
    const raw = root.parent === null ? text : documentText(text, root)
    const deliveryKey = deliveryKeyOf(context.connection, root, raw)
    return readDocument({ root, raw, deliveryKey, source, context, settings })
  })
  return parsed.isPadded ? withPadding(documents, source) : documents
}

/** A delivery of which nothing can be read. */
const refused = (
  { rule, offset, sentence }: Omit<XmlRefusal, 'kind'>,
  source: FindingSource,
  { connection }: ReadContext,
): ReadDocument => {
  const excerpt = source.text.slice(offset, offset + excerptCharacters)
  const found = { rule, severity: 'error', offset, path: '', excerpt, sentence } as const
  return {
    document: null,
    // Whatever the settings say of the rule, there is no document.
    findings: [placeFinding({ ...source, severities: {} }, found)],
    raw: source.text,
    deliveryKey: contentKey(connection, source.text),
  }
}

const excerptCharacters = 80

const noDocument = ({ name, namespace, offset }: XmlElement): Omit<XmlRefusal, 'kind'> => ({
  rule: 'ubl-not-a-document',
  offset,
  sentence:
    namespace === ''
      ? `${quoted(name)} names no namespace, so it cannot be told what it means: ask the sender for a UBL 2 document (${readNames()}) with its namespaces`
      : `${quoted(name)} of the vocabulary ${quoted(namespace)} is no UBL 2 document, and holds none: ${readNames()} are read`,
})

/** What stood around the XML is said with the first document. */
const withPadding = (
  [first, ...others]: readonly ReadDocument[],
  source: FindingSource,
): readonly ReadDocument[] => {
  if (first === undefined) return others
  const finding: Finding = placeFinding(source, {
    rule: 'xml-padding',
    severity: 'info',
    offset: 0,
    path: '',
    excerpt: '',
    sentence:
      'blanks before the XML declaration or control characters behind the end are overlooked: other readers refuse them',
  })
  const isError = finding.severity === 'error'
  return [
    { ...first, document: isError ? null : first.document, findings: [finding, ...first.findings] },
    ...others,
  ]
}

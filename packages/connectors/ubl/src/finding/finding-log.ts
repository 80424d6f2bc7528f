import type { Finding } from '@counterfoil/core'
import type { UblSettings } from '../ubl-settings.ts'
import type { LineAndColumn } from '../xml/text-position.ts'
import { pathOf, type XmlElement } from '../xml/xml-element.ts'
import { cutText } from './cut-text.ts'

/** The text under examination, how to name places in it, and how grave the settings find a rule. */
export type FindingSource = {
  readonly text: string
  readonly findLine: (offset: number) => LineAndColumn
  readonly severities: UblSettings['severities']
}

/** One thing to say about a document. */
export type FindingNote = {
  readonly rule: string
  readonly severity: Finding['severity']
  /** The element it is about. */
  readonly at: XmlElement
  readonly sentence: string
  /** What is said once for the document, however often it occurs: a unit's code. */
  readonly onceFor?: string
}

/** Collects what a reader notices, with the place in the text, until the document is done. */
export type FindingLog = {
  readonly note: (note: FindingNote) => void
  /** True once something was noticed that makes the document unusable. */
  readonly hasError: () => boolean
  /** What was noticed, in the order of the text. */
  readonly findings: () => readonly Finding[]
}

/** One document gives at most this many findings; errors are kept beyond it up to twice as many. */
const findingsMax = 500

const excerptCharactersMax = 200
const sentenceCharactersMax = 600
const pathCharactersMax = 300

/** Starts an empty log. */
export const startFindingLog = (source: FindingSource): FindingLog => {
  const findings: Finding[] = []
  const said = new Set<string>()
  let hasError = false
  return {
    note: (note) => {
      if (note.onceFor !== undefined) {
        const key = `${note.rule} ${note.onceFor}`
        if (said.has(key)) return
        said.add(key)
      }
      const isError = severityOf(source, note) === 'error'
      hasError ||= isError
      // A finding that is not kept is not written either: naming its place takes time in a long document.
      if (findings.length < (isError ? 2 * findingsMax : findingsMax)) {
        findings.push(makeFinding(source, note))
      }
    },
    hasError: () => hasError,
    findings: () => findings.toSorted((a, b) => a.position.offset - b.position.offset),
  }
}

/** The severity that the settings give a rule, else its own. */
const severityOf = (
  { severities }: FindingSource,
  { rule, severity }: Pick<FindingNote, 'rule' | 'severity'>,
): Finding['severity'] =>
  (Object.hasOwn(severities, rule) ? severities[rule] : undefined) ?? severity

/** A finding with its position, path and excerpt. */
const makeFinding = (
  source: FindingSource,
  { rule, severity, at, sentence }: FindingNote,
): Finding =>
  placeFinding(source, {
    rule,
    severity,
    offset: at.offset,
    path: pathOf(at),
    excerpt: source.text.slice(at.offset, at.end),
    sentence,
  })

/** A finding about a place that is no element, such as broken XML. */
export const placeFinding = (
  source: FindingSource,
  found: {
    readonly rule: string
    readonly severity: Finding['severity']
    readonly offset: number
    readonly path: string
    readonly excerpt: string
    readonly sentence: string
  },
): Finding => {
  const { rule, offset, path, excerpt, sentence } = found
  return {
    rule,
    severity: severityOf(source, found),
    position: { offset, ...source.findLine(offset), path: cutText(path, pathCharactersMax) },
    excerpt: cutText(excerpt, excerptCharactersMax),
    sentence: cutText(sentence, sentenceCharactersMax),
  }
}

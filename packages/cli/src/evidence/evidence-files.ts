import { canonicalJson, hashOf, sha256Hex } from '@counterfoil/core'
import { mapPersonTokens } from '@counterfoil/core/personal'
import { explainEvent, headEvent } from '@counterfoil/runtime'
import type { DocumentEvidence, Evidence } from './gather-evidence.ts'
import type { FoundRuleSets } from './rule-set-files.ts'

/** Files by their names inside the folder. */
export type Files = ReadonlyMap<string, string>

/** The files of evidence, all but the verifier, the words for people and the manifest. */
export function evidenceFiles(evidence: Evidence, ruleSets: FoundRuleSets): Files {
  const { entries, heads, keys, events, people } = evidence
  const documents = evidence.documents.map(documentFiles)
  return new Map([
    ['audit/entries.jsonl', linesOf(entries)],
    ['audit/heads.jsonl', linesOf(heads)],
    ['audit/keys.json', linesOf([keys])],
    ['decisions.md', decisionsOf(evidence)],
    ['documents.jsonl', linesOf(documents.map(({ row }) => row))],
    ...documents.flatMap(({ files }) => files),
    ['events.jsonl', linesOf(events)],
    [
      'people.jsonl',
      linesOf([...people].map(([token, person]) => person ?? { token, erased: true })),
    ],
    ['rule-sets.jsonl', linesOf(ruleSetRows(ruleSets))],
    ...ruleSets.found.map(
      ({ reference, content }) => [ruleSetFile(reference), linesOf([content])] as const,
    ),
  ])
}

/** The manifest: every file with its sha-256, whose evidence it is and when it was written. Not signed yet. */
export function manifestOf(evidence: Evidence, files: Files, at: string) {
  const { tenant, invoiceKey, purged } = evidence
  return {
    kind: 'evidence' as const,
    format: 'counterfoil-evidence-1' as const,
    tenant,
    subject: `invoice:${invoiceKey}`,
    at,
    ...(purged.length > 0 && {
      purged: purged.map(({ aggregate, archive }) => ({ aggregate, archive })),
    }),
    files: Object.fromEntries([...files].map(([name, text]) => [name, sha256Hex(text)])),
  }
}

const linesOf = (records: readonly unknown[]): string =>
  records.map((record) => `${canonicalJson(record)}\n`).join('')

function ruleSetRows({ found, missing }: FoundRuleSets): readonly unknown[] {
  return [
    ...found.map(({ reference }) => ({ file: ruleSetFile(reference), hash: reference.hash })),
    ...missing.map(({ ruleSet, version, hash }) => ({ missing: `${ruleSet}@${version}`, hash })),
  ]
}

const ruleSetFile = ({ ruleSet, version, hash }: FoundRuleSets['missing'][number]): string =>
  `rule-sets/${fileName(`${ruleSet}@${version}`)}-${hash.slice(0, 12)}.json`

function documentFiles({ document, event, original }: DocumentEvidence, index: number) {
  const number = String(index + 1).padStart(3, '0')
  const name = `documents/${number}-${document.kind}-${fileName(document.documentNumber)}`
  const file = `${name}.json`
  const kept = original?.kept ?? null
  const originalFile = kept === null ? null : `${name}.original.txt`
  return {
    row: {
      file,
      aggregate: `${event.aggregate.kind}:${event.aggregate.key}`,
      eventId: event.id,
      deliveryKey: original?.deliveryKey ?? null,
      // Absent: texts were not kept. Without a file: the text was erased.
      original:
        original === null
          ? null
          : { file: originalFile, seal: original.seal, salt: kept?.salt ?? null },
    },
    files: [
      [file, linesOf([document])] as const,
      ...(kept === null ? [] : [[`${name}.original.txt`, kept.text] as const]),
    ],
  }
}

const fileName = (text: string): string =>
  /^[\w.@+-]{1,60}$/.test(text) && !text.startsWith('.') ? text : hashOf(text).slice(0, 16)

/** What was purged, and every step in words: when, who, what, why, and under which rules. */
function decisionsOf({ invoiceKey, purged, events, people }: Evidence): string {
  const steps = events.map((event) => {
    const { explanation, ruleSets } = explainEvent(event)
    return [
      `## ${headEvent(event)}`,
      '',
      `${event.receivedAt}, by ${event.actor.kind} ${event.actor.id}, about ${event.aggregate.kind} ${event.aggregate.key}, event \`${event.id}\``,
      '',
      ...explanation.map((sentence) => `- ${sentence}`),
      ...(ruleSets.length === 0 ? [] : ['', `Rules asked: ${ruleSets.join(', ')}`]),
      '',
    ].join('\n')
  })
  const gone = purged.map(
    ({ aggregate, archive, entry }) =>
      `- ${aggregate} was purged at ${entry.at} by ${entry.actor.kind} ${entry.actor.id} (${entry.reason}): what happened to it is in the archive ${archive}, as entry ${entry.sequence} of ${entry.aggregate} says`,
  )
  const text = [
    `# Invoice ${invoiceKey}: what happened, and why`,
    '',
    ...(gone.length === 0 ? [] : ['## What is not here any more', '', ...gone, '']),
    ...steps,
  ].join('\n')
  return mapPersonTokens(
    text,
    (token) => people.get(token)?.name ?? '(somebody whose name was erased)',
  )
}

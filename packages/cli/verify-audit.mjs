#!/usr/bin/env node
// Checks an export of a tenant's audit log, with Node.js 20 or later and nothing else:
//
//   node verify-audit.mjs [--keys KEYS.json] [--head HASH]... EXPORT.jsonl
//
// An export is one JSON object a line: an opening with the public keys, the audit entries by
// aggregate and number, the signed heads, and a signed seal. Every line is canonical JSON
// (RFC 8785), hashes are sha-256 of a line without its line feed, signatures are ed25519 over the
// canonical JSON of the line without `signature`. KEYS.json is a JSON array of the public keys as
// you got them another way; without it the keys of the export are believed. HASH is the hash of a
// head you kept. Ends with 0 where all is well, with 1 where something is wrong.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const insist = (isSo, sentence) => {
  if (!isSo) throw new Error(sentence)
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')

/** The one spelling of a value: keys in code unit order, no spaces, strings and numbers as JavaScript writes them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value)
      .toSorted()
      .map((key) => `${canonical(key)}:${canonical(value[key])}`)
    return `{${members.join(',')}}`
  }
  insist(typeof value !== 'string' || value.isWellFormed(), 'half of a surrogate pair')
  return JSON.stringify(value)
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isInstant = (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)

function insistSigned({ signature, ...unsigned }, keys) {
  const key = keys.find(({ keyId }) => keyId === unsigned.keyId)
  insist(
    key !== undefined,
    `signed with the key ${unsigned.keyId}, which is not among the public keys`,
  )
  const { at } = unsigned
  insist(
    isInstant(at) && at >= key.from && (key.to === null || at < key.to),
    `signed at ${at}, when the key was not in use`,
  )
  // An ed25519 public key as OpenSSL reads it: 12 bytes that say so, and the 32 bytes of the key.
  const der = Buffer.from(`302a300506032b6570032100${key.publicKey}`, 'hex')
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const isSigned =
    /^[0-9a-f]{128}$/.test(signature) &&
    verify(null, Buffer.from(canonical(unsigned)), publicKey, Buffer.from(signature, 'hex'))
  insist(
    isSigned,
    `the signature does not fit: the line was changed after it was signed with the key ${key.keyId}`,
  )
}

/** Begins a check. `line` takes the bytes of the next line, and throws where it is wrong; `end` is called behind the last. */
export function openCheck({ keys: trusted, knownHeads = [] } = {}) {
  let opening,
    keys,
    lastEntry,
    lastHead,
    sealed = false
  let [entries, heads, coveredEntries] = [0, 0, 0]
  const [chains, covered, headHashes] = [new Map(), new Map(), new Set()]

  const takers = {
    export(value, hash) {
      insist(
        value.format === 'counterfoil-audit-1' && typeof value.tenant === 'string',
        'not an export this program knows',
      )
      insist(Array.isArray(value.keys), 'the export names no public keys')
      keys = trusted ?? value.keys
      opening = { ...value, hash }
    },
    entry(entry) {
      insist(heads === 0, 'an entry stands behind a head')
      insist(
        lastEntry === undefined || entry.aggregate >= lastEntry.aggregate,
        'the chain is out of order',
      )
      const before =
        entry.aggregate === lastEntry?.aggregate ? lastEntry : { sequence: 0, hash: null }
      insist(
        entry.sequence === before.sequence + 1,
        `entry ${entry.sequence} stands where entry ${before.sequence + 1} belongs`,
      )
      insist(
        entry.previousHash === before.hash,
        'the entry does not name the hash of the entry before it',
      )
      const { hash, ...content } = entry
      insist(sha256(canonical(content)) === hash, 'the entry was changed after it was written')
      if (before.hash === null) chains.set(entry.aggregate, [])
      chains.get(entry.aggregate).push(hash)
      entries += 1
      lastEntry = entry
    },
    head(head, hash) {
      insist(
        head.number === heads + 1,
        `head ${head.number} stands where head ${heads + 1} belongs`,
      )
      insist(head.tenant === opening.tenant, 'the head is of another tenant')
      insist(
        head.previousHead === (lastHead?.hash ?? null),
        'the head does not name the hash of the head before it',
      )
      insist(
        lastHead === undefined || head.at >= lastHead.at,
        'the head is earlier than the head before it',
      )
      insist(Array.isArray(head.grown), 'the head names no chains')
      let [newChains, newEntries, previous] = [0, 0, undefined]
      for (const end of head.grown) {
        insist(
          previous === undefined || end.aggregate > previous,
          'the head names chains out of order',
        )
        const from = covered.get(end.aggregate) ?? 0
        const isThere =
          end.sequence > from && chains.get(end.aggregate)?.[end.sequence - 1] === end.hash
        insist(
          isThere,
          `the chain of ${end.aggregate} has no entry ${end.sequence} as the head says`,
        )
        newChains += from === 0 ? 1 : 0
        newEntries += end.sequence - from
        previous = end.aggregate
      }
      insist(
        head.chains === covered.size + newChains && head.entries === coveredEntries + newEntries,
        'the head counts other entries or chains',
      )
      insistSigned(head, keys)
      for (const end of head.grown) covered.set(end.aggregate, end.sequence)
      coveredEntries = head.entries
      heads += 1
      lastHead = { at: head.at, hash }
      headHashes.add(hash)
    },
    seal(seal) {
      const isOurs =
        seal.tenant === opening.tenant &&
        seal.opening === opening.hash &&
        seal.head === (lastHead?.hash ?? null)
      insist(isOurs, 'the seal is of another export')
      insistSigned(seal, keys)
      insist(
        coveredEntries === entries,
        `the last head speaks of ${coveredEntries} entries, and there are ${entries}`,
      )
      for (const known of knownHeads)
        insist(headHashes.has(known), `no head has the hash ${known}, which you kept`)
      sealed = true
    },
  }

  return {
    line(bytes) {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      const value = JSON.parse(text)
      insist(
        isObject(value) && `${canonical(value)}\n` === text,
        'not canonical JSON with a line feed behind it',
      )
      insist(!sealed, 'the seal is not the last line')
      const kind =
        opening === undefined
          ? 'export'
          : ['head', 'seal'].includes(value.kind)
            ? value.kind
            : 'entry'
      takers[kind](value, sha256(text.slice(0, -1)))
    },
    end: () => insist(sealed, 'the export ends before its seal'),
    summary: () => ({ entries, chains: chains.size, heads, keys: opening?.keys ?? [] }),
  }
}

/** Checks an export as bytes. `fault` is the first thing wrong, or null. */
export function verifyAudit(bytes, options) {
  const check = openCheck(options)
  let number = 0
  try {
    for (let start = 0; start < bytes.length;) {
      number += 1
      const feed = bytes.indexOf(10, start)
      const end = feed < 0 ? bytes.length : feed + 1
      check.line(bytes.subarray(start, end))
      start = end
    }
    number += 1
    check.end()
    return { ...check.summary(), fault: null }
  } catch (error) {
    return { ...check.summary(), fault: { line: number, sentence: error.message } }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { keys: { type: 'string' }, head: { type: 'string', multiple: true } },
  })
  const keys = values.keys === undefined ? undefined : JSON.parse(readFileSync(values.keys, 'utf8'))
  const checked = verifyAudit(readFileSync(positionals[0]), { keys, knownHeads: values.head })
  for (const { keyId, publicKey } of checked.keys) console.log(`key ${keyId} ${publicKey}`)
  if (keys === undefined)
    console.log("these keys are the export's own word: compare them with those you were given")
  console.log(`${checked.entries} entries in ${checked.chains} chains, ${checked.heads} heads`)
  console.log(
    checked.fault === null
      ? 'nothing is broken'
      : `line ${checked.fault.line}: ${checked.fault.sentence}`,
  )
  process.exitCode = checked.fault === null ? 0 : 1
}

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
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

function insist(isSo, otherwise) {
  if (!isSo) throw new Error(otherwise)
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The one spelling of a value: keys in code unit order, no spaces, text and numbers as JavaScript has them. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isObject(value)) {
    const keys = Object.keys(value).toSorted()
    return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`
  }
  insist(typeof value !== 'string' || value.isWellFormed(), 'half of a surrogate pair')
  return JSON.stringify(value)
}

function insistSigned({ signature, ...unsigned }, keys) {
  const { at, keyId } = unsigned
  const key = keys.find((one) => one.keyId === keyId)
  insist(key !== undefined, `signed with the key ${keyId}, which is not among the public keys`)
  insist(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at), 'signed at no instant')
  const isInUse = at >= key.from && (key.to === null || at < key.to)
  insist(isInUse, `signed at ${at}, when the key ${keyId} was not in use`)
  // An ed25519 public key as OpenSSL reads it: 12 bytes that say so, and the 32 bytes of the key.
  const der = Buffer.from(`302a300506032b6570032100${key.publicKey}`, 'hex')
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const bytes = Buffer.from(canonical(unsigned))
  insist(/^[0-9a-f]{128}$/.test(signature), 'the signature is malformed')
  const isSigned = verify(null, bytes, publicKey, Buffer.from(signature, 'hex'))
  insist(isSigned, `changed after it was signed with the key ${keyId}`)
}

/** Begins a check. `line` takes the bytes of the next line and throws where it is wrong; so does `end`. */
export function openCheck({ keys: trusted, knownHeads = [] } = {}) {
  let [opening, keys, lastEntry, lastHead] = []
  let [entries, heads, coveredEntries, isSealed] = [0, 0, 0, false]
  const chains = new Map() // aggregate -> the hashes of its entries
  const covered = new Map() // aggregate -> the number of its last entry under a head
  const headHashes = new Set()

  function takeOpening(value, hash) {
    const isKnown = value.kind === 'export' && value.format === 'counterfoil-audit-1'
    insist(isKnown && Array.isArray(value.keys), 'not the opening of an export')
    const isOrdered = value.keys.every(({ keyId }, n, all) => n === 0 || all[n - 1].keyId < keyId)
    insist(isOrdered, 'the public keys are out of order')
    keys = trusted ?? value.keys
    opening = { tenant: value.tenant, keys: value.keys, hash }
  }

  function takeEntry(entry) {
    const { hash, ...content } = entry
    const { aggregate, sequence } = entry
    insist(heads === 0, 'an entry stands behind a head')
    const isInOrder = lastEntry === undefined || aggregate >= lastEntry.aggregate
    insist(isInOrder, `the chain of ${aggregate} is out of order`)
    const isFirst = aggregate !== lastEntry?.aggregate
    const before = isFirst ? { sequence: 0, hash: null } : lastEntry
    insist(sequence === before.sequence + 1, `entry ${sequence} stands behind ${before.sequence}`)
    insist(entry.previousHash === before.hash, 'does not name the hash of the entry before it')
    insist(sha256(canonical(content)) === hash, 'the entry was changed after it was written')
    if (isFirst) chains.set(aggregate, [])
    chains.get(aggregate).push(hash)
    entries += 1
    lastEntry = entry
  }

  function takeHead(head, hash) {
    const { number, tenant, at, grown } = head
    insist(number === heads + 1, `head ${number} stands where head ${heads + 1} belongs`)
    insist(tenant === opening.tenant, 'the head is of another tenant')
    const namesLast = head.previousHead === (lastHead?.hash ?? null)
    insist(namesLast, 'does not name the hash of the head before it')
    insist(lastHead === undefined || at >= lastHead.at, 'earlier than the head before it')
    let [newChains, newEntries, previous] = [0, 0, undefined]
    for (const end of grown) {
      const { aggregate, sequence } = end
      insist(previous === undefined || aggregate > previous, `${aggregate} is named out of order`)
      const from = covered.get(aggregate) ?? 0
      const isThere = sequence > from && chains.get(aggregate)?.[sequence - 1] === end.hash
      insist(isThere, `the chain of ${aggregate} has no entry ${sequence} as the head says`)
      newChains += from === 0 ? 1 : 0
      newEntries += sequence - from
      previous = aggregate
    }
    insist(head.chains === covered.size + newChains, 'the head counts other chains')
    insist(head.entries === coveredEntries + newEntries, 'the head counts other entries')
    insistSigned(head, keys)
    for (const { aggregate, sequence } of grown) covered.set(aggregate, sequence)
    coveredEntries = head.entries
    heads += 1
    lastHead = { at, hash }
    headHashes.add(hash)
  }

  function takeSeal(seal) {
    insist(seal.tenant === opening.tenant, 'the seal is of another tenant')
    insist(seal.opening === opening.hash, 'the seal names another first line')
    insist(seal.head === (lastHead?.hash ?? null), 'the seal names another last head')
    insistSigned(seal, keys)
    const isCovered = coveredEntries === entries
    insist(isCovered, `the heads speak of ${coveredEntries} entries, and there are ${entries}`)
    for (const hash of knownHeads) insist(headHashes.has(hash), `no head has the hash ${hash}`)
    isSealed = true
  }

  function line(bytes) {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value = JSON.parse(text)
    insist(
      isObject(value) && `${canonical(value)}\n` === text,
      'not canonical JSON and a line feed',
    )
    insist(!isSealed, 'the seal is not the last line')
    if (opening === undefined) takeOpening(value, sha256(text.slice(0, -1)))
    else if (value.kind === 'head') takeHead(value, sha256(text.slice(0, -1)))
    else if (value.kind === 'seal') takeSeal(value)
    else takeEntry(value)
  }

  const end = () => insist(isSealed, 'the export ends before its seal')
  const counts = () => ({ entries, chains: chains.size, heads, keys: opening?.keys ?? [] })
  return { line, end, counts }
}

/** Checks an export as bytes. `fault` is the first thing wrong and its line, or null. */
export function verifyAudit(bytes, kept) {
  const check = openCheck(kept)
  let line = 1
  try {
    for (let start = 0; start < bytes.length; line += 1) {
      const end = bytes.indexOf(10, start) + 1 || bytes.length
      check.line(bytes.subarray(start, end))
      start = end
    }
    check.end()
    return { ...check.counts(), fault: null }
  } catch (error) {
    return { ...check.counts(), fault: { line, sentence: error.message } }
  }
}

function main() {
  const options = { keys: { type: 'string' }, head: { type: 'string', multiple: true } }
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const keys = values.keys && JSON.parse(readFileSync(values.keys, 'utf8'))
  const checked = verifyAudit(readFileSync(positionals[0]), { keys, knownHeads: values.head })
  for (const { keyId, publicKey } of checked.keys) console.log(`key ${keyId} ${publicKey}`)
  if (!keys)
    console.log("these keys are the export's own word: compare them with yours, or use --keys")
  console.log(`${checked.entries} entries in ${checked.chains} chains under ${checked.heads} heads`)
  const { fault } = checked
  console.log(fault === null ? 'nothing is broken' : `line ${fault.line}: ${fault.sentence}`)
  process.exitCode = fault === null ? 0 : 1
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main()

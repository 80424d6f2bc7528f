#!/usr/bin/env node
// Checks an export of a tenant's audit log, with Node.js 20 or later and nothing else:
//
//   node verify-audit.mjs [--keys KEYS.json] [--head HASH]... [--archive ARCHIVE.jsonl]... [EXPORT.jsonl]
//   node verify-audit.mjs [--keys KEYS.json] [--head HASH]... --evidence FOLDER
//
// An export is one JSON object a line: an opening with the public keys, the audit entries by
// aggregate and number, the signed heads, and a signed seal. Every line is canonical JSON
// (RFC 8785), hashes are sha-256 of a line without its line feed, signatures are ed25519 over the
// canonical JSON of the line without `signature`. KEYS.json is a JSON array of the public keys as
// you got them another way; without it the keys of the export are believed. HASH is the hash of a
// head you kept. Ends with 0 where all is well, with 1 where something is wrong.
//
// What was purged from the books is not in an export but in an archive: entries of `retention:...` say what, why and into
// which one, by the hash of the archive's last line. An archive is an opening, aggregate by aggregate its state, its audit
// entries, events, effects and texts, and a signed seal. Without an export it is checked by itself, with one for being what
// was purged; chains whose archives are not given are named, and only their ends were checked.
//
// A folder of evidence holds the chains of one invoice, its orders and their shipments, and what they are about; its
// README.md says what each file is. All heads of the tenant are in it, so chains they name that are not are passed over. Of an
// order that was purged the archive is named, and the chain of the purge is in the folder.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
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

/** The chain that an entry says was purged, and where it ended; null where it says nothing of the kind. */
function purgedChainOf({ aggregate, event, object, from, inputHash }) {
  const [, sequence, hash] = /^([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(from ?? '') ?? []
  if (!aggregate.startsWith('retention:') || event !== 'retention.purged' || !sequence) return null
  return { aggregate: object, sequence: Number(sequence), hash, archive: inputHash }
}

/** Begins a check. `line` takes the bytes of the next line and throws where it is wrong; so does `end`. */
export function openCheck({ keys: trusted, knownHeads = [], archives = [] } = {}) {
  let [opening, keys, lastEntry, lastHead] = []
  let [entries, heads, coveredEntries, isSealed] = [0, 0, 0, false]
  const chains = new Map() // aggregate -> the hashes of its entries
  const covered = new Map() // aggregate -> the number of its last entry under a head
  const headHashes = new Set()
  const purged = new Map() // aggregate -> where its chain ended, and the archive it is in
  let purgedEntries = 0
  const archived = ({ archive, aggregate }) =>
    archives.find(({ hash }) => hash === archive)?.chains.get(aggregate)

  function takePurge(entry) {
    const chain = purgedChainOf(entry)
    if (chain === null) return
    insist(!purged.has(chain.aggregate), `${chain.aggregate} was purged twice`)
    purged.set(chain.aggregate, chain)
    purgedEntries += chain.sequence
  }

  /** Whether a purged chain may have stood there, as far as its end or its archive tells. */
  function isPurgedEnd({ aggregate, sequence, hash }) {
    const chain = purged.get(aggregate)
    if (chain === undefined || sequence > chain.sequence) return false
    if (sequence === chain.sequence && hash !== chain.hash) return false
    const known = archived(chain)
    return known === undefined || known[sequence - 1] === hash
  }

  function checkPurges() {
    for (const chain of purged.values()) {
      const { aggregate, sequence, hash, archive } = chain
      insist(!chains.has(aggregate), `${aggregate} was purged, and its chain is there`)
      const heads = covered.get(aggregate) ?? 0
      insist(heads === sequence, `${aggregate}: ${sequence} entries purged, ${heads} under heads`)
      if (archives.length === 0) continue
      const isGiven = archives.some((one) => one.hash === archive)
      insist(isGiven, `the archive ${archive}, into which ${aggregate} was purged, was not given`)
      const known = archived(chain)
      const isWhole = known?.length === sequence && known[sequence - 1] === hash
      insist(isWhole, `the archive ${archive} does not hold the chain of ${aggregate}`)
    }
    for (const { hash, tenant } of archives) {
      insist(tenant === opening.tenant, `the archive ${hash} is of another tenant`)
      const isNamed = [...purged.values()].some(({ archive }) => archive === hash)
      insist(isNamed, `nothing was purged into the archive ${hash}: it is of another run`)
    }
  }

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
    takePurge(entry)
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
      const isThere = chains.get(aggregate)?.[sequence - 1] === end.hash || isPurgedEnd(end)
      insist(
        sequence > from && isThere,
        `the chain of ${aggregate} has no entry ${sequence} as the head says`,
      )
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
    const there = entries + purgedEntries
    insist(coveredEntries === there, `the heads speak of ${coveredEntries} entries, not ${there}`)
    checkPurges()
    for (const hash of knownHeads) insist(headHashes.has(hash), `no head has the hash ${hash}`)
    isSealed = true
  }

  function line(bytes) {
    const text = utf8(bytes)
    const value = parseLine(text)
    insist(!isSealed, 'the seal is not the last line')
    if (opening === undefined) takeOpening(value, sha256(text.slice(0, -1)))
    else if (value.kind === 'head') takeHead(value, sha256(text.slice(0, -1)))
    else if (value.kind === 'seal') takeSeal(value)
    else takeEntry(value)
  }

  const end = () => insist(isSealed, 'the export ends before its seal')
  const counts = () => ({
    entries,
    chains: chains.size,
    heads,
    keys: opening?.keys ?? [],
    purged: [...purged.values()],
  })
  return { line, end, counts }
}

/** The lines of a file as bytes, each with its line feed. */
function* linesOf(bytes) {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start) + 1 || bytes.length
    yield bytes.subarray(start, end)
    start = end
  }
}

/** The object of a line, which has to be canonical JSON with a line feed. */
function parseLine(text) {
  const value = JSON.parse(text)
  const isCanonical = isObject(value) && `${canonical(value)}\n` === text
  insist(isCanonical, 'not canonical JSON and a line feed')
  return value
}

/** Checks an archive as bytes. `archive` is what an export is checked with; `fault` the first thing wrong and its line. */
export function verifyArchive(bytes, { keys: trusted } = {}) {
  const chains = new Map() // aggregate -> the hashes of its entries
  const found = { archive: null, keys: [], fault: null }
  let [line, opening, keys, reading, content] = [0, undefined, [], undefined, sha256('')]

  function endAggregate() {
    if (reading === undefined) return
    const { header, entries, events } = reading
    const isWhole = entries.length === header.entries && events === header.events
    insist(
      isWhole && events === entries.length,
      `entries or events of ${header.aggregate} are missing`,
    )
  }

  function takeArchivedEntry({ hash, ...entry }) {
    const { aggregate } = entry
    const isInPlace = aggregate === reading.header.aggregate && reading.events === 0
    insist(isInPlace, `an entry of ${aggregate} is out of place`)
    const last = reading.entries.at(-1)
    insist(entry.sequence === (last?.sequence ?? 0) + 1, 'the entry is out of order')
    insist(entry.previousHash === (last?.hash ?? null), 'does not name the hash before it')
    insist(sha256(canonical(entry)) === hash, 'the entry was changed after it was written')
    reading.entries.push({ ...entry, hash })
    chains.get(aggregate).push(hash)
  }

  function takeArchivedEvent(event) {
    const entry = reading.entries[reading.events]
    insist(entry?.eventId === event.id, `event ${event.id} has no audit entry`)
    reading.events += 1
    const isIts =
      entry.eventHash === undefined
        ? canonical([entry.event, entry.actor]) === canonical([event.type, event.actor])
        : entry.eventHash === sha256(canonical(event))
    insist(isIts, `event ${event.id} was changed after its audit entry was written`)
  }

  function take(value, text) {
    insist(found.archive === null, 'the seal is not the last line')
    const { kind, tenant } = value
    if (opening === undefined) {
      const isKnown = kind === 'archive' && value.format === 'counterfoil-archive-1'
      insist(isKnown && Array.isArray(value.keys), 'not the opening of an archive')
      opening = value
      found.keys = value.keys
      keys = trusted ?? value.keys
    } else if (kind === 'aggregate') {
      endAggregate()
      insist(!chains.has(value.aggregate), `${value.aggregate} stands twice`)
      chains.set(value.aggregate, [])
      reading = { header: value, entries: [], events: 0 }
    } else if (kind === 'seal') {
      endAggregate()
      const isIts = tenant === opening.tenant && value.lines === line - 1
      insist(isIts && value.content === content, 'lines were changed, or the seal is of others')
      insistSigned(value, keys)
      found.archive = { hash: sha256(text.slice(0, -1)), tenant, chains }
    } else {
      insist(reading !== undefined, 'stands before any aggregate')
      if (kind === undefined) takeArchivedEntry(value)
      else if (kind === 'event') takeArchivedEvent(value.record)
      else insist(['effect', 'dead-letter', 'original'].includes(kind), 'not what an archive has')
    }
    content = sha256(content + text)
  }

  try {
    for (const one of linesOf(bytes)) {
      line += 1
      const text = utf8(one)
      take(parseLine(text), text)
    }
    line += 1
    insist(found.archive !== null, 'the archive ends before its seal')
    return found
  } catch (error) {
    return { ...found, archive: null, fault: { line, sentence: error.message } }
  }
}

/** Checks an export as bytes. `fault` is the first thing wrong and its line, or null. */
export function verifyAudit(bytes, kept) {
  const check = openCheck(kept)
  let line = 1
  try {
    for (const one of linesOf(bytes)) {
      check.line(one)
      line += 1
    }
    check.end()
    return { ...check.counts(), fault: null }
  } catch (error) {
    return { ...check.counts(), fault: { line, sentence: error.message } }
  }
}

const utf8 = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

/** The records of a file, each of which has to be canonical JSON on a line of its own. */
function recordsOf(text) {
  const lines = text.split('\n')
  insist(lines.pop() === '', 'the last line has no line feed')
  return lines.map((line, index) => {
    const value = JSON.parse(line)
    insist(canonical(value) === line, `line ${index + 1} is not canonical JSON`)
    return value
  })
}

/** The list a map has under a key; a new one where there is none. */
function listIn(map, key) {
  if (!map.has(key)) map.set(key, [])
  return map.get(key)
}

/** The chains of the folder: from their first entries, unbroken, and where each ends. */
function checkChains(entries) {
  const chains = new Map() // aggregate -> the hashes of its entries
  for (const { hash, ...content } of entries) {
    const { aggregate, sequence } = content
    const chain = listIn(chains, aggregate)
    const place = `entry ${sequence} of ${aggregate}`
    insist(sequence === chain.length + 1, `${place} stands behind entry ${chain.length}`)
    insist(content.previousHash === (chain.at(-1) ?? null), `${place} names another one before it`)
    insist(sha256(canonical(content)) === hash, `${place} was changed after it was written`)
    chain.push(hash)
  }
  return chains
}

/** The heads: each signed and following from the one before, and what they say of the chains. Counts what is behind them. */
function checkEvidenceHeads(heads, { tenant, chains, keys, knownHeads }) {
  const covered = new Map()
  let previous = null
  for (const head of heads) {
    const place = `head ${head.number}`
    insist(head.number === (previous?.number ?? 0) + 1, `${place} is out of order`)
    insist(head.tenant === tenant, `${place} is of another tenant`)
    const before = previous === null ? null : sha256(canonical(previous))
    insist(head.previousHead === before, `${place} does not name the hash of the one before`)
    insist(previous === null || head.at >= previous.at, `${place} is earlier than the one before`)
    insistSigned(head, keys)
    for (const { aggregate, sequence, hash } of head.grown) {
      const chain = chains.get(aggregate)
      if (chain === undefined) continue
      insist(sequence > (covered.get(aggregate) ?? 0), `${place}: ${aggregate} did not grow`)
      insist(chain[sequence - 1] === hash, `${aggregate} has no entry ${sequence} as ${place} says`)
      covered.set(aggregate, sequence)
    }
    previous = head
  }
  const hashes = new Set(heads.map((head) => sha256(canonical(head))))
  for (const hash of knownHeads) insist(hashes.has(hash), `no head has the hash ${hash}`)
  return [...chains].reduce((sum, [name, all]) => sum + all.length - (covered.get(name) ?? 0), 0)
}

/** What was purged, as the manifest says: an entry says so, nothing of it is here, and it ended where the last head knew it. */
function checkPurged(purged, { entries, chains, heads }) {
  const said = entries.map(purgedChainOf).filter((chain) => chain !== null)
  const here = said.find(({ aggregate }) => chains.has(aggregate))
  insist(here === undefined, `${here?.aggregate} was purged, and its chain is there`)
  for (const { aggregate, archive } of purged) {
    const chain = said.find((one) => one.aggregate === aggregate && one.archive === archive)
    insist(chain !== undefined, `no entry says that ${aggregate} was purged into ${archive}`)
    const ends = heads.flatMap(({ grown }) => grown).filter((one) => one.aggregate === aggregate)
    const end = ends.at(-1)
    const isEnd = end?.sequence === chain.sequence && end.hash === chain.hash
    insist(isEnd, `${aggregate} did not end where it was purged, as the heads say`)
  }
}

/** The events: one for each entry but those of purges, in its order, and each message as it was hashed. */
function checkEvents(events, entries) {
  const waiting = new Map() // aggregate -> its entries, the last first
  for (const entry of entries.toReversed()) {
    if (purgedChainOf(entry) === null) listIn(waiting, entry.aggregate).push(entry)
  }
  const byId = new Map()
  for (const event of events) {
    const name = `${event.aggregate.kind}:${event.aggregate.key}`
    const entry = listIn(waiting, name).pop()
    const place = `event ${event.id} of ${name}`
    insist(entry?.eventId === event.id, `${place} is not what the audit entry is about`)
    insist(entry.event === event.type, `${place} is of another type than its audit entry`)
    insist(canonical(entry.actor) === canonical(event.actor), `${place} is by somebody else`)
    const said = event.data.reason ?? event.data.because ?? event.data.sentence ?? null
    const reason = typeof said === 'string' ? said.slice(0, 2000) : null
    insist(entry.reason === reason, `${place} has another reason than its audit entry`)
    if (event.id.endsWith('#0')) {
      const { sequence: _sequence, ...told } = event
      const hash = sha256(canonical({ ...told, id: event.id.slice(0, -2) }))
      insist(hash === entry.inputHash, `${place} is not the message that was decided about`)
    }
    const isHeld = entry.eventHash === undefined || entry.eventHash === sha256(canonical(event))
    insist(isHeld, `${place} was changed after its audit entry was written`)
    byId.set(`${name} ${event.id}`, event)
  }
  for (const [name, left] of waiting) insist(left.length === 0, `events of ${name} are missing`)
  return byId
}

/** The documents: as they were decided about, and their texts as they came. Counts texts that were erased. */
function checkDocuments(rows, events, text) {
  let erased = 0
  for (const { file, aggregate, eventId, original } of rows) {
    const event = events.get(`${aggregate} ${eventId}`)
    const document = event?.data.document
    insist(isObject(document), `${file}: no event ${eventId} took it in`)
    insist(text(file) === `${canonical(document)}\n`, `${file} is not the document of its event`)
    if (original === null) continue
    const isBound = document.origin === undefined || document.origin.contentHash === original.seal
    insist(isBound, `${file}: the document names another text than its original`)
    if (original.file === null) {
      erased += 1
      continue
    }
    const seal = sha256(canonical([original.salt, text(original.file)]))
    insist(seal === original.seal, `${original.file} is not the text that came`)
  }
  return erased
}

/** The rule sets: each as it is hashed, and every one that an entry names is there or said to be missing. */
function checkRuleSets(rows, entries, text) {
  for (const { file, missing, hash } of rows) {
    insist(
      (file === undefined) !== (missing === undefined),
      'a rule set is neither here nor missing',
    )
    if (file === undefined) continue
    insist(sha256(text(file).slice(0, -1)) === hash, `${file} is not the rule set of its hash`)
  }
  const named = new Set(rows.map(({ hash }) => hash))
  for (const { policy, aggregate, sequence } of entries) {
    for (const { ruleSet, version, hash } of policy) {
      const place = `entry ${sequence} of ${aggregate}`
      insist(named.has(hash), `${ruleSet}@${version}, which ${place} names, is not in the folder`)
    }
  }
}

/** The people: each name gives its token with its salt. Counts names that were erased. */
function checkPeople(rows, records) {
  for (const { token, name, salt, erased } of rows) {
    if (erased === true) continue
    insist(token === `person-${sha256(canonical([salt, name]))}`, `${token} is somebody else`)
  }
  const known = new Set(rows.map(({ token }) => token))
  const named = new Set(
    records.flatMap((one) => canonical(one).match(/person-[0-9a-f]{64}/g) ?? []),
  )
  for (const token of named) insist(known.has(token), `who ${token} is, is neither said nor erased`)
  return rows.filter(({ erased }) => erased === true).map(({ token }) => token)
}

/** Checks a folder of evidence, given its files by name. `fault` is the first thing wrong, or null. */
export function verifyEvidence(files, { keys: trusted, knownHeads = [] } = {}) {
  let place = 'manifest.json'
  const text = (name) => {
    place = name
    insist(files.has(name), 'the file is missing')
    return utf8(files.get(name))
  }
  const records = (name) => recordsOf(text(name))
  const found = {
    manifest: null,
    keys: [],
    entries: 0,
    heads: 0,
    unsigned: 0,
    purged: [],
    erased: [],
    texts: 0,
  }
  try {
    const [manifest, ...others] = records('manifest.json')
    const isKnown = manifest?.kind === 'evidence' && manifest.format === 'counterfoil-evidence-1'
    insist(isKnown && others.length === 0, 'not the manifest of evidence')
    found.manifest = sha256(text('manifest.json'))
    for (const name of files.keys()) {
      const isListed = name === 'manifest.json' || Object.hasOwn(manifest.files, name)
      insist(isListed, `${name} is not in the manifest`)
    }
    for (const [name, hash] of Object.entries(manifest.files)) {
      text(name)
      const isSame = createHash('sha256').update(files.get(name)).digest('hex') === hash
      insist(isSame, 'the file is not as the manifest says')
    }
    const [keys] = records('audit/keys.json')
    found.keys = keys
    place = 'manifest.json'
    if (manifest.signature !== undefined) insistSigned(manifest, trusted ?? keys)
    const { tenant } = manifest
    const entries = records('audit/entries.jsonl')
    const chains = checkChains(entries)
    found.entries = entries.length
    insist(chains.has(manifest.subject), `the chain of ${manifest.subject} is missing`)
    const heads = records('audit/heads.jsonl')
    found.heads = heads.length
    found.unsigned = checkEvidenceHeads(heads, {
      tenant,
      chains,
      keys: trusted ?? keys,
      knownHeads,
    })
    place = 'manifest.json'
    checkPurged(manifest.purged ?? [], { entries, chains, heads })
    found.purged = manifest.purged ?? []
    const events = records('events.jsonl')
    const byId = checkEvents(events, entries)
    found.texts = checkDocuments(records('documents.jsonl'), byId, text)
    checkRuleSets(records('rule-sets.jsonl'), entries, text)
    found.erased = checkPeople(records('people.jsonl'), [...events, ...entries])
    return { ...found, fault: null }
  } catch (error) {
    return { ...found, fault: { file: place, sentence: error.message } }
  }
}

function readFolder(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  return new Map(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)]),
  )
}

function tellEvidence(checked) {
  console.log(`${checked.entries} audit entries under ${checked.heads} heads`)
  if (checked.unsigned > 0) console.log(`${checked.unsigned} entries are under no head yet`)
  for (const { aggregate, archive } of checked.purged) {
    console.log(`${aggregate} was purged into the archive ${archive}: ask for it`)
  }
  for (const token of checked.erased) console.log(`${token}: erased`)
  if (checked.texts > 0) console.log(`${checked.texts} texts of documents: erased`)
  if (checked.manifest !== null) console.log(`the manifest's hash is ${checked.manifest}`)
  const { fault } = checked
  console.log(fault === null ? 'nothing is broken' : `${fault.file}: ${fault.sentence}`)
}

function tellExport({ entries, chains, heads, purged, fault }, archives) {
  console.log(`${entries} entries in ${chains} chains under ${heads} heads`)
  const counts = new Map()
  for (const { archive } of purged) counts.set(archive, (counts.get(archive) ?? 0) + 1)
  for (const [archive, count] of counts) {
    const isGiven = archives.some(({ hash }) => hash === archive)
    const checked = isGiven ? 'checked with it' : 'the archive was not given'
    console.log(`${count} chains were purged into ${archive}: ${checked}`)
  }
  console.log(fault === null ? 'nothing is broken' : `line ${fault.line}: ${fault.sentence}`)
}

function main() {
  const options = {
    keys: { type: 'string' },
    head: { type: 'string', multiple: true },
    evidence: { type: 'string' },
    archive: { type: 'string', multiple: true, default: [] },
  }
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const archives = []
  const kept = {
    keys: values.keys && JSON.parse(readFileSync(values.keys, 'utf8')),
    knownHeads: values.head,
    archives,
  }
  for (const path of values.archive) {
    const { archive, fault } = verifyArchive(readFileSync(path), kept)
    if (fault !== null) {
      console.log(`${path}, line ${fault.line}: ${fault.sentence}`)
      process.exitCode = 1
      return
    }
    archives.push(archive)
    console.log(`${path}: archive ${archive.hash}, ${archive.chains.size} chains`)
  }
  const isOfArchivesAlone = archives.length > 0 && positionals.length === 0
  if (isOfArchivesAlone && values.evidence === undefined) return console.log('nothing is broken')
  const checked =
    values.evidence === undefined
      ? verifyAudit(readFileSync(positionals[0]), kept)
      : verifyEvidence(readFolder(values.evidence), kept)
  for (const { keyId, publicKey } of checked.keys) console.log(`key ${keyId} ${publicKey}`)
  if (!kept.keys)
    console.log("these keys are the export's own word: compare them with yours, or use --keys")
  if (values.evidence === undefined) tellExport(checked, archives)
  else tellEvidence(checked)
  process.exitCode = checked.fault === null ? 0 : 1
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main()

/** What stands in the folder in plain words. */
export const readmeText = `# Evidence

This folder holds all that the books have of one invoice, of the orders it bills and of their shipments: what came in, what
was decided and why, under which rules, and the proof that nothing of it was changed since. It was written by
\`counterfoil evidence\`. Nothing else is needed to read it, and Node.js 20 or later to check it:

    node verify-audit.mjs --evidence . --keys KEYS.json --head HASH

\`KEYS.json\` is the list of public keys as the company handed it to you another way; without it the keys in this folder are
believed. \`HASH\` is the hash of a signed head that you kept from earlier; without it you cannot see that later heads were
held back. Compare the manifest's hash, which is printed, with the one you were told when you were given the folder.

| file                | what it is                                                                                     |
| ------------------- | ---------------------------------------------------------------------------------------------- |
| decisions.md        | the story in words: each step, when, by whom, why, under which rules                           |
| documents/          | each document as it was decided about (.json), and the text it came as (.original.txt)          |
| documents.jsonl     | which event took which document in, and the salt and seal of its text                          |
| events.jsonl        | every event with all its data; the order they stand in is the order they were decided in       |
| rule-sets/          | the exact rule sets, as they are hashed; rule-sets.jsonl lists them                            |
| audit/entries.jsonl | the audit chain of the invoice, each order and each shipment, and of purges that took one out  |
| audit/heads.jsonl   | all signed heads of the company; each names chains by the last entry and the hash it had       |
| audit/keys.json     | the public keys that signed, and from when until when                                          |
| people.jsonl        | who stands behind each \`person-...\`, with the salt; or that the name was erased                |
| manifest.json       | every file with its sha-256                                                                    |
| verify-audit.mjs    | the program that checks all this; read it, it is one file without dependencies                 |

## What is proved, and by what

- An audit entry names its own number, the entry before it and their hashes; a signed head names the last entry of each
  chain. Who does not hold the signing key cannot change, take out or add an entry that a head speaks of.
- Each entry holds the hash of the message that was decided about. So each document is what it was: its bytes are compared
  with the message, and the text it came as with the salted seal in the document, where the document says where it came from.
- Each entry names the rule sets by hash, and the hash of each file in rule-sets/ is computed again.
- Names of people are salted hashes in the chain. Where a name was erased on request, the verifier says "erased"; the chain
  is whole without it. The same holds for the texts documents came as.
- Each entry holds the hash of its own event with all its data, so what followed from a message is held like the message.
  Entries of early releases have no such hash; there type, actor, reason and rules of each event are compared with its entry.
- decisions.md and this page are not hashed in the chain: the manifest holds them, and where the manifest is signed, so does
  the signature.
- What was closed and kept long enough may have been purged: decisions.md and the manifest say of what, and name the archive it
  is in by its hash. The entry that says so stands under the signed heads, and where it says the chain ended is where the heads
  say so. Ask for the archive, and check it by itself: \`node verify-audit.mjs --archive ARCHIVE.jsonl\` prints its hash.

Entries that no head speaks of yet are counted and said: ask for a new folder after the next head.
`

// Writes a signed export of so many audit entries and tampers with it: each line taken out, each two neighbours swapped,
// cut off before each line, each bit turned of the heads and the seal, and of the opening and the entries every so many-th,
// another in each, so that every bit of an entry's form is turned in some. Ends with 1 where a verifier let one pass.
// `pnpm run tamper [entries] [every]`; `tamper 500 1` turns each bit of each line.
import { aSignedLog, exportOf } from '../src/audit/signed-export.examples.ts'
import { tamper } from '../src/audit/tampering.examples.ts'
import { verifiers } from '../src/audit/verifiers.examples.ts'

const [entries = 10_000, every = 100] = process.argv.slice(2).map(Number)
const [entriesAChain, entriesAHead] = [1000, 500]
const lines = await exportOf(await aSignedLog(entries, entriesAHead, entriesAChain))
// What is turned in the opening shows at the seal only, after everything else was read.
const isSampled = (place: number): boolean => place <= entries
for (const verifier of verifiers) {
  const startedAt = performance.now()
  const { tried, missed } = await tamper(verifier, lines, (place) => (isSampled(place) ? every : 1))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `${verifier.name}: ${entries} entries in ${lines.length} lines, ${tried} tamperings, ${missed.length} not found, ${seconds} s`,
  )
  for (const what of missed.slice(0, 20)) console.log(`  ${what}`)
  if (missed.length > 0) process.exitCode = 1
}

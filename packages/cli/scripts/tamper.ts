// Writes a signed export of so many audit entries and tampers with it in every way: each bit turned, each line taken out,
// each two neighbours swapped, cut off before each line. Exits with 1 where a verifier let one pass.
// `pnpm run tamper [entries]`; time grows with the square of the entries.
import { aSignedLog, exportOf } from '../src/audit/signed-export.examples.ts'
import { tamper } from '../src/audit/tampering.examples.ts'
import { verifiers } from '../src/audit/verifiers.examples.ts'

const entries = Number(process.argv[2] ?? 10_000)
const lines = await exportOf(await aSignedLog(entries))
const everyLine = new Set(lines.keys())
for (const verifier of verifiers) {
  const startedAt = performance.now()
  const { tried, missed } = await tamper(verifier, lines, everyLine)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `${verifier.name}: ${entries} entries in ${lines.length} lines, ${tried} tamperings, ${missed.length} not found, ${seconds} s`,
  )
  for (const what of missed.slice(0, 20)) console.log(`  ${what}`)
  if (missed.length > 0) process.exitCode = 1
}

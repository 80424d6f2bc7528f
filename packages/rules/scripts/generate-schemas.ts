/**
 * Writes the JSON Schemas of rule sets, of their facts and of their cases into `schemas/`, for editors
 * that complete and check a rule set while it is written, and the readers of the facts into `src/facts`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { factReadersText } from './fact-readers.ts'
import { jsonSchemas } from './json-schemas.ts'

const folder = fileURLToPath(new URL('../schemas/', import.meta.url))

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) rmSync(join(folder, file))
for (const [file, text] of jsonSchemas()) writeFileSync(join(folder, file), text)
writeFileSync(new URL('../src/facts/fact-readers.ts', import.meta.url), factReadersText())

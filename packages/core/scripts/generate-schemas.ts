/**
 * Writes the JSON Schema of every canonical object into `schemas/`, for hosts that check documents in
 * another language.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jsonSchemas } from './json-schemas.ts'

const folder = fileURLToPath(new URL('../schemas/', import.meta.url))

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) rmSync(join(folder, file))
for (const [file, text] of jsonSchemas()) writeFileSync(join(folder, file), text)

/** Draws every lifecycle into `docs/lifecycles/`, as Mermaid state diagrams. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lifecyclePages } from './lifecycle-diagrams.ts'

const folder = fileURLToPath(new URL('../../../docs/lifecycles/', import.meta.url))

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) rmSync(join(folder, file))
for (const [file, text] of lifecyclePages()) writeFileSync(join(folder, file), text)

/**
 * Generated files that are kept in the tree (JSON Schemas) must be what their generator writes today.
 * `--update` keeps what the generator wrote.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedPackages } from './packages.ts'

const update = process.argv.includes('--update')
const generating = publishedPackages().filter(
  ({ manifest }) => manifest.scripts?.['schemas'] !== undefined,
)
if (generating.length === 0) throw new Error('found no package with a `schemas` script')

const stale = generating.flatMap(({ folder, manifest }) => {
  const schemas = join(folder, 'schemas')
  const kept = mkdtempSync(join(tmpdir(), 'counterfoil-schemas-'))
  cpSync(schemas, kept, { recursive: true })
  const { status } = spawnSync(manifest.scripts?.['schemas'] ?? '', {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`\`schemas\` failed in \`${manifest.name}\``)
  const changed = differences(kept, schemas).map((file) => `${manifest.name}: ${file}`)
  if (!update && changed.length > 0) {
    rmSync(schemas, { recursive: true })
    cpSync(kept, schemas, { recursive: true })
  }
  rmSync(kept, { recursive: true })
  return changed
})

for (const file of stale) console.log(`${update ? 'wrote' : 'stale'} ${file}`)
if (!update && stale.length > 0) {
  console.error('generated files are stale: run `pnpm schemas` and review the difference')
  process.exit(1)
}

function differences(before: string, after: string): readonly string[] {
  const files = new Set([before, after].flatMap((folder) => globSync('**/*.json', { cwd: folder })))
  if (files.size === 0) throw new Error('found no generated file to compare')
  return [...files].filter((file) => read(join(before, file)) !== read(join(after, file))).sort()
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

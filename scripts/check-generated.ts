/**
 * Generated files that are kept in the tree (JSON Schemas, drawings of the lifecycles) must be what their generator writes today.
 * `--update` keeps what the generator wrote.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedPackages } from './packages.ts'

/** The scripts of a package that write files into the tree, and where they write them. */
const generators: Readonly<Record<string, string>> = {
  schemas: 'schemas',
  lifecycles: '../../docs/lifecycles',
}

const update = process.argv.includes('--update')
const generating = publishedPackages().flatMap(({ folder, manifest }) =>
  Object.entries(generators).flatMap(([script, written]) => {
    const command = manifest.scripts?.[script]
    return command === undefined ? [] : [{ folder, name: manifest.name, script, written, command }]
  }),
)
for (const script of Object.keys(generators)) {
  if (!generating.some((one) => one.script === script)) {
    throw new Error(`found no package with a \`${script}\` script`)
  }
}

const stale = generating.flatMap(({ folder, name, script, written, command }) => {
  const target = join(folder, written)
  const kept = mkdtempSync(join(tmpdir(), 'counterfoil-generated-'))
  if (existsSync(target)) cpSync(target, kept, { recursive: true })
  const { status } = spawnSync(command, {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`\`${script}\` failed in \`${name}\``)
  const changed = differences(kept, target).map((file) => `${name}: ${file}`)
  if (!update && changed.length > 0) {
    rmSync(target, { recursive: true })
    cpSync(kept, target, { recursive: true })
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
  const files = new Set(
    [before, after].flatMap((folder) => globSync('**/*.{json,md}', { cwd: folder })),
  )
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

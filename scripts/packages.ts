import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = join(import.meta.dirname, '..')

type Target = string | { readonly types?: string; readonly default?: string }

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, Target>>
  readonly bin?: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** A way into a package that carries types: `@counterfoil/rules/node` and its `dist/node.d.ts`. */
export interface TypedEntry {
  readonly specifier: string
  readonly reportName: string
  readonly types: string
}

/** Every package that is published; there is always at least one, or the check has lost its subject. */
export function publishedPackages(): readonly WorkspacePackage[] {
  const found = globSync('packages/{*,connectors/*,stores/*}/package.json', { cwd: root })
    .filter((file) => !file.includes('node_modules'))
    .sort()
    .map((file) => ({
      folder: join(root, dirname(file)),
      manifest: readManifest(join(root, file)),
    }))
    .filter(({ manifest }) => manifest.private !== true)
  if (found.length === 0) throw new Error('found no published package')
  return found
}

export function readManifest(file: string): Manifest {
  if (!existsSync(file)) throw new Error(`no manifest at \`${file}\``)
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

export function typedEntries({ folder, manifest }: WorkspacePackage): readonly TypedEntry[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'object' && target.types !== undefined
      ? [
          {
            specifier: `${manifest.name}${path.slice(1)}`,
            reportName: `${manifest.name.replace('@counterfoil/', '')}${path.slice(1).replaceAll('/', '-')}`,
            types: join(folder, target.types),
          },
        ]
      : [],
  )
}

/** Paths of the packed files that are handed out as they are: `./schemas/*.json`, `./rulesets/*`. */
export function filePatterns({ manifest }: WorkspacePackage): readonly string[] {
  return Object.values(manifest.exports ?? {}).filter(
    (target): target is string => typeof target === 'string' && target.includes('*'),
  )
}

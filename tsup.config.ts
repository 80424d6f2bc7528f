import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/**
 * Every package bundles the same way: what its package.json names as a source entry or a command is an
 * entry, JavaScript is ESM only, and TypeScript itself writes the declarations.
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports?: Readonly<Record<string, string | { readonly '@counterfoil/source'?: string }>>
  readonly bin?: Readonly<Record<string, string>>
}

const exported = Object.values(manifest.exports ?? {}).flatMap((target) =>
  typeof target === 'object' && target['@counterfoil/source'] !== undefined
    ? [target['@counterfoil/source']]
    : [],
)
const commands = Object.values(manifest.bin ?? {}).map((file) =>
  file.replace('/dist/', '/src/').replace(/\.js$/, '.ts'),
)

export default defineConfig({
  entry: Object.fromEntries(
    [...exported, ...commands].map((file) => [file.replace(/^\.\/src\/|\.ts$/g, ''), file]),
  ),
  outDir: 'dist',
  format: 'esm',
  target: 'node22',
  platform: 'node',
  // `node:sqlite` has no name without its prefix.
  removeNodeProtocol: false,
  dts: false,
  sourcemap: true,
  splitting: true,
  clean: true,
})

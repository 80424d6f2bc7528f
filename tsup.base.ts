import { defineConfig } from 'tsup'

/** One way to bundle every package: ESM JavaScript only, while TypeScript itself writes the declarations. */
export function libraryBuild(entry: Readonly<Record<string, string>>) {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'node22',
    platform: 'neutral',
    dts: false,
    sourcemap: true,
    splitting: true,
    clean: true,
  })
}

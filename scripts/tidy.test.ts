import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishedPackages, root } from './packages.ts'

const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const sources = files.filter((file) => /^packages\/.*\/src\/.*\.ts$/.test(file))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('the tree', () => {
  it('has sources to look at', () => {
    expect(sources.length).toBeGreaterThan(0)
  })

  it('lists exports one by one', () => {
    expect(sources.filter((file) => /^export \* from/m.test(read(file)))).toEqual([])
  })

  it('has an index only where a package is entered', () => {
    const inner = sources.filter(
      (file) => file.endsWith('/index.ts') && !/\/src\/(conformance\/)?index\.ts$/.test(file),
    )
    expect(inner).toEqual([])
  })

  it('names folders after ideas, not after leftovers', () => {
    expect(
      sources.filter((file) => /\/(utils|helpers|common|types|services)\//.test(file)),
    ).toEqual([])
  })

  it('leaves nothing for later in the sources', () => {
    expect(sources.filter((file) => /\/\/.*\b(TODO|FIXME)\b/.test(read(file)))).toEqual([])
  })

  it('has a lockfile that names no registry', () => {
    expect(read('pnpm-lock.yaml')).not.toMatch(/https?:\/\//)
  })
})

describe('the packages', () => {
  it('share one version and one licence', () => {
    const manifests = publishedPackages().map(({ folder }) =>
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    const told = manifests.map((text) => {
      const { version, license } = JSON.parse(text) as { version: string; license: string }
      return `${version} ${license}`
    })
    expect(new Set(told).size).toBe(1)
  })
})

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

describe('the public surface', () => {
  const entries = publishedPackages().flatMap(({ folder }) => entriesOf(folder))
  const declared = entries.flatMap(({ folder, entry }) => declarationsOf(join(folder, entry)))

  it('has exports to look at', () => {
    expect(declared.length).toBeGreaterThan(100)
  })

  it('says of every export what it is', () => {
    expect(declared.filter(({ documented }) => !documented)).toEqual([])
  })
})

describe('the README', () => {
  it('shows what the main example prints', () => {
    const [, shown = ''] = /```\n(\d{4}-[^`]*)```/.exec(read('README.md')) ?? []
    const lines = shown.split('\n').filter((line) => line !== '' && line !== '...')
    expect(lines.length).toBeGreaterThan(3)
    const printed = read('examples/distributor/expected-output.txt').split('\n')
    expect(lines.filter((line) => !printed.includes(line))).toEqual([])
  })

  it('and every other page lead to files that are there', () => {
    const pages = files.filter((file) => file.endsWith('.md'))
    const missing = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = '']) => join(dirname(page), target))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(pages.length).toBeGreaterThan(10)
    expect(missing).toEqual([])
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

/** The source files a package is entered by. */
function entriesOf(folder: string) {
  const { exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  }
  return Object.values(exports).flatMap((target) => {
    const entry = typeof target === 'object' ? target['@counterfoil/source'] : undefined
    return entry === undefined ? [] : [{ folder, entry }]
  })
}

/** Every name an entry hands out, with whether a doc comment stands before a declaration of it. */
function declarationsOf(entry: string) {
  const lists = readFileSync(entry, 'utf8').matchAll(
    /^export (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm,
  )
  return [...lists].flatMap(([, names = '', from = '']) => {
    const text = readFileSync(join(dirname(entry), from), 'utf8')
    return names
      .split(',')
      .map((name) =>
        name
          .trim()
          .replace(/^type /, '')
          .replace(/ as .*/, ''),
      )
      .filter((name) => name !== '')
      .map((name) => ({ from, name, documented: isDocumented(text, name) }))
  })
}

function isDocumented(text: string, name: string): boolean {
  const declaration = `export (?:async )?(?:const|function\\*?|class|interface|type) ${name}\\b`
  return new RegExp(`\\*/\\n(?:// .*\\n)*${declaration}`).test(text)
}

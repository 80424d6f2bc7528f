/**
 * What is published, as packed: publint, attw, the API reports in `api/`, and a program outside the
 * workspace that loads every entry. `--update` writes the API reports instead of comparing them.
 */
import { execFile, type ExecFileException } from 'node:child_process'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from '@microsoft/api-extractor'
import {
  filePatterns,
  publishedPackages,
  readManifest,
  root,
  typedEntries,
  type TypedEntry,
  type WorkspacePackage,
} from './packages.ts'

const update = process.argv.includes('--update')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const reports = join(root, 'api')
const packages = publishedPackages()
/** As many at a time as a small machine has processors: each is a row of programs that use one. */
const packagesAtOnce = 2
const outside = mkdtempSync(join(tmpdir(), 'counterfoil-packed-'))

try {
  const failures: string[] = []
  failures.push(...(await checkAllPacked()))
  failures.push(...checkReports())
  failures.push(...(await checkFromOutside()))
  for (const failure of failures) console.error(`\nFAILED ${failure}`)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  rmSync(outside, { recursive: true, force: true })
}

async function checkAllPacked(): Promise<readonly string[]> {
  const waiting = packages.entries()
  const found = packages.map((): readonly string[] => [])
  const worker = async (): Promise<void> => {
    for (const [index, one] of waiting) found[index] = await checkPacked(one)
  }
  await Promise.all(Array.from({ length: packagesAtOnce }, worker))
  return found.flat()
}

async function checkPacked(one: WorkspacePackage): Promise<readonly string[]> {
  const { name } = one.manifest
  const tarballs = mkdtempSync(join(outside, 'tarball-'))
  await run('pnpm', ['pack', '--pack-destination', tarballs], one.folder)
  const tarball = join(tarballs, readdirSync(tarballs)[0] ?? '')
  const unpacked = join(outside, 'node_modules', name)
  mkdirSync(unpacked, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'])

  const reports = [
    ...(await tool(`${name}: publint`, 'publint', [tarball, '--strict'])),
    ...(typedEntries(one).length === 0
      ? []
      : await tool(`${name}: attw`, 'attw', [
          tarball,
          '--profile',
          'esm-only',
          '--format',
          'ascii',
        ])),
    ...looseEnds(one, unpacked),
  ]
  console.log(`${reports.length === 0 ? 'ok    ' : 'FAILED'} packed ${name}`)
  return reports
}

/** What neither publint nor attw looks at. */
function looseEnds({ manifest, folder }: WorkspacePackage, unpacked: string): readonly string[] {
  const packed = readManifest(join(unpacked, 'package.json'))
  const ranges = Object.values({ ...packed.dependencies, ...packed.peerDependencies })
  const tests = globSync('**/*.test*', { cwd: unpacked })
  return [
    ...(existsSync(join(unpacked, 'LICENSE')) ? [] : ['no LICENSE in the tarball']),
    ...(existsSync(join(unpacked, 'README.md')) ? [] : ['no README.md in the tarball']),
    ...ranges
      .filter((range) => /^(workspace|catalog):/.test(range))
      .map((range) => `range \`${range}\``),
    ...tests.map((file) => `a test in the tarball: ${file}`),
    ...handedOut({ manifest, folder }, unpacked),
  ].map((finding) => `${manifest.name}: ${finding}`)
}

/** Files that are handed out as they are (`./schemas/*.json`, `./rulesets/*`): each one is in the tarball, unchanged. */
function handedOut(one: WorkspacePackage, unpacked: string): readonly string[] {
  return filePatterns(one).flatMap((pattern) => {
    const files = filesOf(pattern, one)
    if (files.length === 0) return [`no file for \`${pattern}\``]
    return files
      .filter((file) => textOf(join(unpacked, file)) !== textOf(join(one.folder, file)))
      .map((file) => `not packed as it is: \`${file}\``)
  })
}

/** The files behind a pattern of `exports`, as they lie in the package; `*` also stands for folders. */
function filesOf(pattern: string, { folder }: WorkspacePackage): readonly string[] {
  return globSync(pattern.replace(/\*$/, '**/*.json'), { cwd: folder })
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** The public surface of every entry is a file in `api/`, reviewed like code. */
function checkReports(): readonly string[] {
  const entries = packages.flatMap((one) =>
    typedEntries(one).map((entry) => ({ ...one, ...entry })),
  )
  if (entries.length === 0) throw new Error('found no typed entry')
  const wanted = new Set(entries.map(({ reportName }) => `${reportName}.api.md`))
  mkdirSync(reports, { recursive: true })
  const orphans = readdirSync(reports).filter((file) => !wanted.has(file))
  const exportedByMain = new Map<string, ReadonlySet<string>>()
  const failures = entries.flatMap((entry) => {
    const { changed, messages, written } = extract(entry)
    const names = new Set([...written.matchAll(/^export [a-z ]+ (\w+)/gm)].map(([, name]) => name))
    const main = exportedByMain.get(entry.folder)
    if (main === undefined) exportedByMain.set(entry.folder, names as ReadonlySet<string>)
    const findings = messages
      // A schema and its type share a name and a comment.
      .filter(
        ({ text, name }) =>
          !(text.startsWith('Missing') && names.has(name) && isSchema(written, name)),
      )
      // What the main entry exports need not be exported again by the others.
      .filter(({ text, name }) => !(text.startsWith('The symbol') && main?.has(name)))
      .map(({ text }) => text)
    if (changed && update) console.log(`wrote  api/${entry.reportName}.api.md`)
    if (changed && !update)
      findings.push('the public surface changed: run `pnpm api` and review it')
    return findings.length === 0
      ? []
      : [[`api/${entry.reportName}.api.md`, ...findings].join('\n  ')]
  })
  console.log(`${failures.length === 0 ? 'ok    ' : 'FAILED'} ${entries.length} API reports`)
  return [...orphans.map((file) => `api/${file} belongs to no entry`), ...failures]
}

function isSchema(written: string, name: string): boolean {
  return written.includes(`// @public\nexport const ${name}:`)
}

function extract(entry: WorkspacePackage & TypedEntry) {
  const messages: { readonly text: string; readonly name: string }[] = []
  const { apiReportChanged } = Extractor.invoke(extractorConfig(entry), {
    localBuild: update,
    messageCallback: (message) => {
      message.handled = true
      if (message.category === ExtractorMessageCategory.Console) return
      if (
        message.logLevel !== ExtractorLogLevel.Error &&
        message.logLevel !== ExtractorLogLevel.Warning
      )
        return
      messages.push({ text: message.text, name: /"(\w+)"/.exec(message.text)?.[1] ?? '' })
    },
  })
  const written = readFileSync(join(root, 'temp', 'api', `${entry.reportName}.api.md`), 'utf8')
  return { changed: apiReportChanged, messages, written }
}

function extractorConfig(entry: WorkspacePackage & TypedEntry): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: join(entry.folder, 'api-extractor.json'),
    packageJsonFullPath: join(entry.folder, 'package.json'),
    configObject: {
      projectFolder: entry.folder,
      mainEntryPointFilePath: entry.types,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['ES2024'],
            module: 'nodenext',
            strict: true,
            skipLibCheck: true,
            types: [],
          },
          files: [entry.types],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: reports,
        reportTempFolder: join(root, 'temp', 'api'),
        reportFileName: `${entry.reportName}.api.md`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  })
}

/** A host of its own: only the tarballs and what they declare, no workspace, no source condition. */
async function checkFromOutside(): Promise<readonly string[]> {
  linkDependencies()
  const specifiers = packages.flatMap((one) => typedEntries(one).map(({ specifier }) => specifier))
  writeFileSync(join(outside, 'package.json'), '{ "type": "module" }\n')
  writeFileSync(
    join(outside, 'host.ts'),
    specifiers
      .map((name, index) => `import * as entry${index} from '${name}'\nvoid entry${index}\n`)
      .join(''),
  )
  writeFileSync(
    join(outside, 'host.cjs'),
    specifiers
      .map(
        (name) =>
          `if (Object.keys(require('${name}')).length === 0) throw new Error('nothing in ${name}')\n`,
      )
      .join(''),
  )
  const handedOutFiles = packages.flatMap((one) =>
    filePatterns(one)
      .flatMap((pattern) => filesOf(pattern, one))
      .map((file) => `${one.manifest.name}/${file}`),
  )
  writeFileSync(
    join(outside, 'files.cjs'),
    handedOutFiles
      .map(
        (name) =>
          `if (typeof require('${name}') !== 'object') throw new Error('not JSON: ${name}')\n`,
      )
      .join(''),
  )
  const compile = [
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--strict',
    '--types',
    'node',
    '--noEmit',
  ]
  const commands = packages.flatMap(({ manifest }) =>
    Object.values(manifest.bin ?? {}).map((file) =>
      join(outside, 'node_modules', manifest.name, file),
    ),
  )
  const failures = [
    ...(await tool('types from outside', 'tsc', [...compile, 'host.ts'], outside)),
    ...(await report('import from outside', process.execPath, ['host.ts'])),
    ...(await report('require from outside', process.execPath, ['host.cjs'])),
    ...(await report('files from outside', process.execPath, ['files.cjs'])),
  ]
  for (const command of commands) {
    failures.push(
      ...(await report('the command from outside', process.execPath, [command, '--help'])),
    )
  }
  console.log(
    `${failures.length === 0 ? 'ok    ' : 'FAILED'} ${specifiers.length} entries and ${handedOutFiles.length} files from outside`,
  )
  return failures
}

/** Third-party packages come from where the workspace has them; ours only from their tarballs. */
function linkDependencies(): void {
  symlink(join(root, 'node_modules', '@types'), join(outside, 'node_modules', '@types'))
  for (const { folder, manifest } of packages) {
    const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    for (const name of names.filter((one) => !one.startsWith('@counterfoil/'))) {
      symlink(join(folder, 'node_modules', name), join(outside, 'node_modules', name))
    }
  }
}

function symlink(from: string, to: string): void {
  if (existsSync(to)) return
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}

function tool(label: string, name: string, args: readonly string[], cwd = root) {
  return report(label, bin(name), args, cwd)
}

async function report(label: string, command: string, args: readonly string[], cwd = outside) {
  try {
    await run(command, args, cwd)
    return []
  } catch (error) {
    return [`${label}\n${error instanceof Error ? error.message : String(error)}`]
  }
}

function run(command: string, args: readonly string[], cwd = root): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const done = (error: ExecFileException | null, stdout: string, stderr: string) => {
    if (error === null) resolve()
    else reject(new Error(`${stdout}${stderr}`.trim() || error.message))
  }
  execFile(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 }, done)
  return promise
}

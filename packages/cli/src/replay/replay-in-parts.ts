import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { addReports, emptyReport, type ReplayReport } from './replay-report.ts'

const run = promisify(execFile)
const outputBytesMax = 256_000_000

/** Runs each part of a replay in a process of its own, as many at a time as there are parts, and adds up their reports. */
export async function replayInParts(args: readonly string[], parts: number): Promise<ReplayReport> {
  const [, script = ''] = process.argv
  const reports = await Promise.all(
    Array.from({ length: parts }, async (_, index) => {
      const own = ['replay', ...args, '--part', `${index}/${parts}`]
      const { stdout } = await run(process.execPath, [...process.execArgv, script, ...own], {
        maxBuffer: outputBytesMax,
      })
      return JSON.parse(stdout) as ReplayReport
    }),
  )
  return reports.reduce(addReports, emptyReport)
}

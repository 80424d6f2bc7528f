/**
 * Lives simulated stories with crashes between any two calls: `pnpm -C packages/runtime simulate --seconds 120`, or
 * `--seeds 1000000 --from 1`, on every core. `--seed 158` lives one alone; `--defect 'no lease'` plants a mistake.
 * Ends with 1 when a promise was broken, with the command that shows it again.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { defects } from '../src/simulation/defects.ts'
import { simulate, type SimulationReport } from '../src/simulation/simulate.ts'

type Share = {
  readonly first: number
  readonly step: number
  readonly last: number
  readonly seconds: number
  readonly defect: string | null
}

type Told = Pick<
  SimulationReport,
  'seed' | 'steps' | 'kills' | 'drains' | 'powerCuts' | 'repeated' | 'broken'
>

if (isMainThread) await leadWorkers()
else await liveShare(workerData as Share)

async function liveShare({ first, step, last, seconds, defect }: Share): Promise<void> {
  const endsAt = performance.now() + seconds * 1000
  const planted = defect === null ? null : (defects[defect] ?? null)
  for (let seed = first; seed <= last && performance.now() < endsAt; seed += step) {
    parentPort?.postMessage((await simulate(seed, planted)) satisfies Told)
  }
}

async function leadWorkers(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seconds: { type: 'string' },
      defect: { type: 'string' },
    },
  })
  const from = Number(values.seed ?? values.from)
  const last =
    values.seed === undefined ? from + Number(values.seeds ?? Infinity) - 1 : Number(values.seed)
  const seconds = Number(values.seconds ?? Infinity)
  if (!(from >= 0) || !(last >= from) || !(seconds > 0)) {
    console.error('give numbers: --seed N, or --from N with --seeds N or --seconds N')
    process.exit(2)
  }
  if (last === Infinity && seconds === Infinity) {
    console.error('say when to stop: --seeds N or --seconds N')
    process.exit(2)
  }
  const defect = values.defect ?? null
  if (defect !== null && defects[defect] === undefined) {
    console.error(`no such mistake \`${defect}\`: ${Object.keys(defects).join(', ')}`)
    process.exit(2)
  }

  const sum = { seeds: 0, steps: 0, kills: 0, drains: 0, powerCuts: 0, repeated: 0, broken: 0 }
  const startedAt = performance.now()
  const progress = setInterval(() => console.error(`${sum.seeds} seeds`), 10_000)
  const workers = last === from ? 1 : availableParallelism()
  await Promise.all(
    Array.from({ length: workers }, (_, index) => live({ first: from + index, step: workers })),
  )
  clearInterval(progress)
  const took = (performance.now() - startedAt) / 1000
  console.log(
    `${sum.seeds} seeds in ${took.toFixed(0)} s: ${sum.steps} calls, ${sum.kills} kills, ${sum.drains} ends, ${sum.powerCuts} power cuts, ` +
      `${sum.repeated} effects asked for again, ${sum.broken} seeds with a broken promise`,
  )
  process.exit(sum.broken === 0 ? 0 : 1)

  function live({ first, step }: Pick<Share, 'first' | 'step'>): Promise<void> {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { first, step, last, seconds, defect } satisfies Share,
    })
    worker.on('message', ({ seed, steps, kills, drains, powerCuts, repeated, broken }: Told) => {
      sum.seeds += 1
      sum.steps += steps
      sum.kills += kills
      sum.drains += drains
      sum.powerCuts += powerCuts
      sum.repeated += repeated
      if (broken.length === 0) return
      sum.broken += 1
      const planted = defect === null ? '' : ` --defect '${defect}'`
      console.log(`broken: pnpm -C packages/runtime simulate --seed ${seed}${planted}`)
      for (const sentence of broken) console.log(`  ${sentence}`)
    })
    return new Promise((resolve, reject) => {
      worker.on('error', reject)
      worker.on('exit', () => resolve())
    })
  }
}

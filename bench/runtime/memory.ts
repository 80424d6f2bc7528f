import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMemoryStore } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { say } from '../print.ts'
import { readBooks, withNewFiles } from './books.ts'
import { runLives } from './run-lives.ts'

const orders = 200

/** What the memory store holds of an order, its documents, events and effects included, beside the JSON of the same. */
export async function benchMemory(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const store = createMemoryStore()
  const heapNow = (): number => {
    collect()
    return process.memoryUsage().heapUsed
  }
  // What is made once, for the first orders, is not counted.
  await runLives(store, { orders: 10, first: orders })
  const before = heapNow()
  await runLives(store, { orders })
  const held = heapNow() - before
  const json = await jsonLength()
  console.log(
    `an order of three lines with all its papers in memory: ${kilobytes(held)} held, ${kilobytes(json)} as JSON`,
  )
  say('at most 4 times its JSON', held / json, 4)
  await store.close()
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / orders / 1000)} kB`
}

/** Characters of every text a store on disk keeps of the same orders. */
async function jsonLength(): Promise<number> {
  return withNewFiles(async (newFile) => {
    const file = newFile()
    const store = createSqliteStore({ file })
    await runLives(store, { orders })
    await store.close()
    const texts = readBooks(file).rows.flatMap(({ values }) =>
      values.filter((value) => typeof value === 'string'),
    )
    return texts.reduce((length, text) => length + text.length, 0)
  })
}

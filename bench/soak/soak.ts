import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { drawSoak } from './draw-soak.ts'
import { openSoakBooks, type SoakStore } from './soak-books.ts'
import { type Sample, steadyLoad } from './steady-load.ts'
import { trendOf } from './trend.ts'

// Until tables, plans and code are warm, everything grows.
const warmUpShare = 0.2
const columns: readonly (readonly [keyof Sample, string])[] = [
  ['minute', 'minute'],
  ['documents', 'documents'],
  ['p50Milliseconds', 'p50 ms'],
  ['p99Milliseconds', 'p99 ms'],
  ['heapMegabytes', 'heap MB'],
  ['rssMegabytes', 'rss MB'],
  ['storeMegabytes', 'books MB'],
  ['effectsWaiting', 'waiting'],
  ['putOff', 'put off'],
]

const { minutes, perSecond, store } = read()
const title = `${perSecond} documents a second on ${store}, ${minutes} minutes`
const books = await openSoakBooks(store)
try {
  console.log(title)
  console.log(lineOf(columns.map(([, heading]) => heading)))
  const samples: Sample[] = []
  for await (const sample of steadyLoad(books, { minutes, perSecond })) {
    samples.push(sample)
    console.log(lineOf(columns.map(([name]) => sample[name].toFixed(1))))
  }
  tellTrends(samples)
  const picture = fileURLToPath(new URL(`../../docs/pictures/soak-${store}.svg`, import.meta.url))
  writeFileSync(picture, drawSoak(samples, title))
} finally {
  await books.dispose()
}

function lineOf(cells: readonly string[]): string {
  return `  ${cells.map((cell) => cell.padStart(11)).join('')}`
}

function tellTrends(samples: readonly Sample[]): void {
  const warm = samples.slice(Math.floor(samples.length * warmUpShare))
  const rows = ['heapMegabytes', 'rssMegabytes', 'p50Milliseconds', 'p99Milliseconds'] as const
  for (const row of rows) {
    const { rises, growth } = trendOf(warm.map((sample) => sample[row]))
    const percent = `${(growth * 100).toFixed(1)} % of its middle value over ${warm.length} samples`
    console.log(`  ${row}: ${rises ? 'RISES' : 'flat'}, ${percent}`)
  }
  const [first, last] = [warm[0], warm.at(-1)]
  if (first === undefined || last === undefined) return
  const grown = (last.storeMegabytes - first.storeMegabytes) * 1000
  const documents = last.documents - first.documents
  console.log(`  the books grew by ${(grown / documents).toFixed(1)} kB a document`)
}

function read(): {
  readonly minutes: number
  readonly perSecond: number
  readonly store: SoakStore
} {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      'per-second': { type: 'string', default: '20' },
      store: { type: 'string', default: 'sqlite' },
    },
  })
  const numberOf = (name: 'minutes' | 'per-second'): number => {
    const number = Number(values[name])
    return number > 0 ? number : refuse(`\`--${name}\` takes a number, not \`${values[name]}\``)
  }
  const { store: named } = values
  if (named !== 'sqlite' && named !== 'postgres') {
    return refuse(`\`--store\` is sqlite or postgres, not \`${named}\``)
  }
  return { minutes: numberOf('minutes'), perSecond: numberOf('per-second'), store: named }
}

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}

import type { Sample } from './steady-load.ts'

type Curve = { readonly name: keyof Sample; readonly colour: string }
const panels: readonly { readonly unit: string; readonly curves: readonly Curve[] }[] = [
  {
    unit: 'MB of memory',
    curves: [
      { name: 'rssMegabytes', colour: '#888' },
      { name: 'heapMegabytes', colour: '#06c' },
    ],
  },
  {
    unit: 'ms to an answer',
    curves: [
      { name: 'p99Milliseconds', colour: '#c60' },
      { name: 'p50Milliseconds', colour: '#06c' },
    ],
  },
  { unit: 'MB of books', curves: [{ name: 'storeMegabytes', colour: '#06c' }] },
]

const [width, height, left, gap] = [720, 150, 60, 40]

/** A picture of a soak: memory, latency and the size of the books over time, as SVG. */
export function drawSoak(samples: readonly Sample[], title: string): string {
  const whole = gap + panels.length * (height + gap)
  const drawn = panels.map((panel, index) =>
    drawPanel(panel, samples, gap + index * (height + gap)),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + left + 20}" height="${whole}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${left}" y="20" font-weight="bold">${title}</text>
${drawn.join('\n')}
</svg>
`
}

function drawPanel(
  { unit, curves }: (typeof panels)[number],
  samples: readonly Sample[],
  top: number,
): string {
  const most = Math.max(...curves.flatMap(({ name }) => samples.map((sample) => sample[name])))
  const last = samples.at(-1)?.minute ?? 1
  const x = (minute: number): string => (left + (minute / last) * width).toFixed(1)
  const y = (value: number): string => (top + height - (value / most) * height).toFixed(1)
  const lines = curves.map(({ name, colour }, index) => {
    const points = samples.map((sample) => `${x(sample.minute)},${y(sample[name])}`).join(' ')
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>
<text x="${left + 8 + index * 160}" y="${top - 4}" fill="${colour}">${name}</text>`
  })
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="#ccc"/>
<text x="${left - 6}" y="${top + 10}" text-anchor="end">${most.toPrecision(3)}</text>
<text x="${left - 6}" y="${top + height}" text-anchor="end">0</text>
<text x="${left + width}" y="${top + height + 14}" text-anchor="end">${last} min</text>
<text x="${left + width}" y="${top - 4}" text-anchor="end">${unit}</text>
${lines.join('\n')}`
}

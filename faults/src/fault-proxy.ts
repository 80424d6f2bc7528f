import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from './chance.ts'

/** What a bad network does to a request, and how often it did. */
export type Trouble = 'late' | 'reset-before' | 'reset-after' | 'black-hole' | 'sliced'

/** A line to a system on which things go wrong by chance. */
export type FaultProxy = {
  readonly port: number
  readonly done: Readonly<Record<Trouble, number>>
  /** From now on nothing goes wrong. */
  readonly mend: () => void
  readonly close: () => Promise<void>
}

/** How likely each trouble is for one request; the rest goes through at once. */
const likelihoods: readonly (readonly [Trouble, number])[] = [
  ['late', 0.2],
  ['reset-before', 0.12],
  ['reset-after', 0.12],
  ['black-hole', 0.03],
  ['sliced', 0.2],
]
const lateMillisecondsMax = 200
const sliceBytesMax = 40

/** Opens a line to a port of this machine. */
export async function openFaultProxy(port: number, chance: Chance): Promise<FaultProxy> {
  const done = { late: 0, 'reset-before': 0, 'reset-after': 0, 'black-hole': 0, sliced: 0 }
  const sockets = new Set<Socket>()
  let isMended = false
  const next = (): Trouble | null => {
    let left = chance.next()
    if (isMended) return null
    const found = likelihoods.find(([, likelihood]) => (left -= likelihood) < 0)
    if (found === undefined) return null
    done[found[0]] += 1
    return found[0]
  }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    pass(client, upstream, next, chance)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    done,
    mend: () => {
      isMended = true
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

// A client sends a request and waits for its answer, so whatever it sends first after an answer begins a request.
function pass(client: Socket, upstream: Socket, next: () => Trouble | null, chance: Chance): void {
  let trouble: Trouble | null = null
  let isAnswered = true
  let sending: Promise<void> = Promise.resolve()
  client.on('data', (bytes) => {
    if (isAnswered) trouble = next()
    isAnswered = false
    const now = trouble
    sending = sending.then(() => send(now, bytes))
  })
  upstream.on('data', (bytes) => {
    isAnswered = true
    if (trouble === 'reset-after') return client.resetAndDestroy()
    client.write(bytes)
  })

  async function send(now: Trouble | null, bytes: Buffer): Promise<void> {
    if (now === 'black-hole') return
    if (now === 'reset-before') return void client.resetAndDestroy()
    if (now === 'late') await pause(chance.below(lateMillisecondsMax))
    if (now !== 'sliced') return void upstream.write(bytes)
    for (let from = 0; from < bytes.length;) {
      const to = from + 1 + chance.below(sliceBytesMax)
      upstream.write(bytes.subarray(from, to))
      await pause(0)
      from = to
    }
  }
}

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What becomes of a line when a commit goes through it. */
export type Cut = 'before-the-server-hears' | 'after-the-server-heard' | 'hangs' | null

/** A line to a server that can be cut, or go quiet, at the worst moment. */
export async function cuttingProxy(serverPort: number): Promise<{
  readonly port: number
  /** Cuts the line of the next commit, once. */
  readonly cutNextCommit: (how: Cut) => void
  readonly close: () => Promise<void>
}> {
  let cut: Cut = null
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    // Once set, nothing is passed back any more, and the line is cut when the server said that it committed.
    let isDeaf = false
    upstream.on('data', (bytes) => {
      if (!isDeaf) return void client.write(bytes)
      if (bytes.includes('COMMIT\0')) client.destroy()
    })
    client.on('data', (bytes) => {
      // `COMMIT` ends what is sent in one go, so the server hears all of it or nothing of it.
      const how = bytes.includes('COMMIT\0') ? cut : null
      if (how !== null) cut = null
      if (how === 'hangs') return
      if (how === 'before-the-server-hears') return void client.destroy()
      if (how === 'after-the-server-heard') isDeaf = true
      upstream.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cutNextCommit: (how) => {
      cut = how
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

import type { TestProject } from 'vitest/node'
import { startServer } from './start-server.examples.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string
  }
}

/** One server for all test files: started before the first, gone after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  project.provide('postgresUrl', server.url)
  return server.dispose
}

import type { Page, PageRequest } from './store.ts'

/** Rows asked for at once where nothing else is said. */
const pageRows = 500

/** The pages of a list of a store, one after the other. */
export async function* pagesOf<Row>(
  read: (request: PageRequest) => Promise<Page<Row>>,
  limit = pageRows,
): AsyncGenerator<readonly Row[]> {
  let cursor: string | undefined
  do {
    const page = await read({ limit, cursor })
    yield page.rows
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
}

/** Every row of a list of a store, in memory. */
export async function readAll<Row>(
  read: (request: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const page of pagesOf(read)) rows.push(...page)
  return rows
}

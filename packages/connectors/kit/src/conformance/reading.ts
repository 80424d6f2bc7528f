import {
  type Connector,
  type Envelope,
  type ReadPage,
  type TradeDocument,
  TradeDocument as TradeDocumentSchema,
  type TradeDocumentKind,
} from '@counterfoil/core'
import { same } from './check.ts'
import { aDocument } from './documents.ts'
import type { ConnectorCheck, ConnectorHarness } from './harness.ts'

/** Pages the suite reads at most before it says that a connector never comes to an end. */
const pagesMax = 50

/** What every connector that brings in documents of a kind must do with them. */
export function readingChecks(kind: TradeDocumentKind): readonly ConnectorCheck[] {
  return [
    {
      name: `a ${kind} is read as it arrived, for whom it is`,
      check: async (harness) => {
        const [document] = await arrive(harness, kind, ['N-1'])
        const page = await readFrom(harness.connector, null, 10)
        same(page.deliveries.length, 1, 'one delivery arrived')
        const [delivery] = page.deliveries
        if (delivery !== undefined) checkEnvelope(harness.connector, delivery)
        const [found] = documentsIn(harness, page)
        same(contentOf(found), contentOf(document), 'the document as it arrived')
      },
    },
    {
      name: `a ${kind} that arrived first is read first`,
      check: async (harness) => {
        const numbers = ['N-3', 'N-1', 'N-2']
        await arrive(harness, kind, numbers)
        const page = await readFrom(harness.connector, null, 10)
        same(numbersIn(harness, page), numbers, 'in the order of arrival')
        same(page.more, false, 'nothing waits behind the last page')
      },
    },
    {
      name: `a ${kind} is read page by page, each once`,
      check: async (harness) => {
        const numbers = ['N-1', 'N-2', 'N-3', 'N-4', 'N-5']
        await arrive(harness, kind, numbers)
        same(await readAll(harness, 2), numbers, 'all pages together')
      },
    },
    {
      name: `reading every ${kind} goes on after the cursor, also when asked twice`,
      check: async (harness) => {
        await arrive(harness, kind, ['N-1', 'N-2'])
        const first = await readFrom(harness.connector, null, 1)
        const once = await readFrom(harness.connector, first.cursor, 5)
        const twice = await readFrom(harness.connector, first.cursor, 5)
        same(numbersIn(harness, once), ['N-2'], 'what came after the first page')
        same(numbersIn(harness, twice), ['N-2'], 'the same cursor asked twice')
        await arrive(harness, kind, ['N-3'])
        const later = await readFrom(harness.connector, once.cursor, 5)
        same(numbersIn(harness, later), ['N-3'], 'what arrived after the last page was read')
        const again = await readFrom(harness.connector, first.cursor, 5)
        same(numbersIn(harness, again).slice(0, 1), ['N-2'], 'an old cursor, the same first')
      },
    },
    {
      name: `no new ${kind} is an empty page with the cursor unchanged`,
      check: async (harness) => {
        const { connector } = harness
        const empty = await readFrom(connector, null, 5)
        same(empty, { deliveries: [], cursor: null, more: false }, 'nothing ever arrived')
        await arrive(harness, kind, ['N-1'])
        const { cursor } = await readFrom(connector, null, 5)
        const nothing = await readFrom(connector, cursor, 5)
        same(nothing, { deliveries: [], cursor, more: false }, 'nothing new')
      },
    },
  ]
}

/** Reads one page. */
export function readFrom(
  connector: Connector,
  cursor: string | null,
  limit: number,
): Promise<ReadPage> {
  return connector.read({ cursor, limit, signal: new AbortController().signal })
}

/** Makes documents of a kind arrive, one after another. */
export async function arrive(
  harness: ConnectorHarness,
  kind: TradeDocumentKind,
  numbers: readonly string[],
): Promise<readonly TradeDocument[]> {
  const documents = numbers.map((number) => aDocument(kind, number))
  for (const document of documents) await harness.arrive(document)
  return documents
}

/** The numbers of the documents on a page, in its order. */
export function numbersIn(harness: ConnectorHarness, page: ReadPage): readonly string[] {
  return documentsIn(harness, page).map(({ documentNumber }) => documentNumber)
}

async function readAll(harness: ConnectorHarness, limit: number): Promise<readonly string[]> {
  const found: string[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page: ReadPage = await readFrom(harness.connector, cursor, limit)
    if (page.deliveries.length > limit) {
      throw new Error(`a page of at most ${limit} held ${page.deliveries.length} deliveries`)
    }
    found.push(...numbersIn(harness, page))
    if (!page.more) return found
    if (page.cursor === cursor) throw new Error('a page said there is more and gave the old cursor')
    cursor = page.cursor
  }
  throw new Error(`reading did not come to an end in ${pagesMax} pages`)
}

function documentsIn(harness: ConnectorHarness, page: ReadPage): readonly TradeDocument[] {
  return page.deliveries.flatMap((delivery) => documentsOf(harness, delivery))
}

function documentsOf({ reader }: ConnectorHarness, delivery: Envelope): readonly TradeDocument[] {
  if (delivery.body === undefined) return [TradeDocumentSchema.parse(delivery.document)]
  if (reader === undefined) throw new Error('deliveries are text: the harness needs a `reader`')
  const { tenant, buyerOrganisation, supplier, connection, timeZone, currency } = delivery
  const context = {
    tenant,
    buyerOrganisation,
    connection,
    timeZone,
    ...(supplier === undefined ? {} : { supplier }),
    ...(currency === undefined ? {} : { currency }),
  }
  return reader.read(delivery.body, context).map(({ document, findings }) => {
    if (document !== null) return document
    throw new Error(`a delivery could not be read: ${findings[0]?.sentence ?? 'nobody says why'}`)
  })
}

function checkEnvelope({ tenants }: Connector, delivery: Envelope): void {
  const { tenant, buyerOrganisation, connection, timeZone } = delivery
  for (const [field, value] of Object.entries({
    tenant,
    buyerOrganisation,
    connection,
    timeZone,
  })) {
    if (value.trim() === '') throw new Error(`a delivery has no ${field}`)
  }
  same(tenants?.includes(tenant) ?? true, true, 'a delivery is for a tenant the connector serves')
}

// Where a document came from is the connector's to add; what it says is not.
function contentOf(document: TradeDocument | undefined): object | undefined {
  if (document === undefined) return undefined
  const { origin: _origin, ...content } = document
  return content
}

// in-memory-connector
export {
  createInMemoryConnector,
  type InMemoryConnector,
  type InMemoryConnectorSettings,
} from './in-memory-connector.ts'
// journal
export type { CarriedOut, Journal, JournalEntry, OwnedRecord } from './journal.ts'
export { createJsonLinesJournal } from './json-lines-journal.ts'

export { createCanonicalJsonReader } from './read-canonical-json.ts'

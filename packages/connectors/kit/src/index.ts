// read-canonical-json
export { createCanonicalJsonReader } from './read-canonical-json.ts'

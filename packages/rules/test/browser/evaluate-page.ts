// What the page of a host does that has the rules checked on its server: it brings evaluation alone.
import { decisionsOfShipped, type ShippedSet } from './decisions.ts'

const response = await fetch('/shipped.json')
const sets: readonly ShippedSet[] = JSON.parse(await response.text())
Object.assign(globalThis, { decisions: decisionsOfShipped(sets) })

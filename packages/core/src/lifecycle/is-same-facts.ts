/** True where new facts say what is known, field by field; what was stored before a field was kept says something else. */
export function isSameFacts<Facts extends object>(facts: Facts, known: Facts): boolean {
  return Object.entries(facts).every(([name, value]) => known[name as keyof Facts] === value)
}

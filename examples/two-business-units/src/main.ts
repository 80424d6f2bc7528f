import { common, decideIn, overridesOf, toldOf, variants } from './business-units.ts'

const all = [...common, ...variants]
const withoutRetail = all.filter(({ ruleSet }) => ruleSet.id !== 'bu-retail-tolerance')

console.log('What the units do differently')
for (const variant of variants) console.log(`  ${overridesOf(variant)}`)
console.log('One invoice')
for (const unit of ['industrial', 'retail', 'wholesale'])
  console.log(`  ${unit}: ${toldOf(decideIn(unit, all))}`)
console.log('Once the variant of retail is retired')
console.log(`  retail: ${toldOf(decideIn('retail', withoutRetail))}`)

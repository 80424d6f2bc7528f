import { fileURLToPath } from 'node:url'

const inExample = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Everything that comes in, one folder a day, one file a delivery. */
export const documentsFolder = inExample('documents')

/** The distributor's own rule sets. */
export const ruleSetsFolder = inExample('rulesets')

/** The suppliers, as the ERP's vendor file knows them. */
export const suppliersFile = inExample('suppliers.json')

/** Who has which role, how far it reaches, and who decides for whom. */
export const peopleFile = inExample('people.json')

/** Where the state is kept between runs unless told otherwise. Delete the folder to begin again. */
export const dataFolder = inExample('data')

import * as z from 'zod'

/**
 * How much of a foreign document is read. The largest invoices in use have about 200,000 elements and are a dozen deep;
 * whatever passes one of these limits was not written by a trading partner.
 */
export const XmlLimits = z.strictObject({
  /** Characters of one delivery. */
  charactersMax: z.int().positive().default(32_000_000),
  /** Elements inside each other. Looking up prefixes costs the square of this, so it is kept small. */
  depthMax: z.int().positive().max(1000).default(100),
  /** Elements of one delivery. */
  elementsMax: z.int().positive().default(1_000_000),
  /** Attributes and namespace declarations of one element. */
  attributesMax: z.int().positive().default(100),
  /** Characters of one element's own text, or of one attribute. Embedded files are not counted, and not kept. */
  textCharactersMax: z.int().positive().default(100_000),
})
export type XmlLimits = z.infer<typeof XmlLimits>

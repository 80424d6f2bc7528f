import type { XmlElement } from '../xml/xml-element.ts'

/**
 * The text of one document of a delivery, so that it can be kept and read again alone: the prefixes that its envelope
 * declares are declared on it.
 */
export const documentText = (text: string, element: XmlElement): string => {
  const own = text.slice(element.offset, element.end)
  const inherited = new Map<string, string>()
  for (let around = element.parent; around !== null; around = around.parent) {
    for (const [prefix, namespace] of around.declared) {
      if (!inherited.has(prefix) && !element.declared.has(prefix)) inherited.set(prefix, namespace)
    }
  }
  const declarations = [...inherited].map(
    ([prefix, namespace]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(namespace)}"`,
  )
  return own.replace(/^<[^\s/>]+/, (start) => `${start}${declarations.join('')}`)
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

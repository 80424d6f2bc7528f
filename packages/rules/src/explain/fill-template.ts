/** Puts words into a text of a language: `{place}` becomes the word of that name; an unknown name stays. */
export const fillTemplate = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (braces, name: string) => words[name] ?? braces)

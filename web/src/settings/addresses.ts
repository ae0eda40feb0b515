/** The addresses in a text that people typed or pasted: between commas, semicolons, spaces or lines, also as `Name <address>`. */
export function addressesIn(text: string): string[] {
  const parts = text.split(/[,;\s]+/).map((part) => part.replace(/^<|>$/g, ''))
  return [...new Set(parts.filter((part) => part.includes('@')))]
}

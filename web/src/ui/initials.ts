/** `Ada King Lovelace` → `AL`: the first letters of the first and the last word, whole characters in any script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends.map((word) => firstCharacter(word ?? '').toUpperCase()).join('')
}

const firstCharacter = (word: string) => new Intl.Segmenter().segment(word)[Symbol.iterator]().next().value?.segment ?? ''

import type { Person } from '@meanwhile/shared/contract/auth'

/** A name that is being typed behind an @, and where that @ stands. */
export type Naming = { from: number; query: string }

/** What of a name stands before the caret: at most two words, since more of a name is not needed to find it. */
export function namingAt(text: string, caret: number): Naming | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N}'’.-]{0,40}(?: [\p{L}\p{M}\p{N}'’.-]{0,40})?)$/u.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[1] ?? ''
  return { from: caret - query.length - 1, query }
}

/** Whether one of somebody's names begins with what was typed, in small letters or large. */
export const answersTo = ({ name }: Person, query: string): boolean =>
  ` ${name}`.toLowerCase().includes(` ${query.trim().toLowerCase()}`)

/** The text with the name in place of what was typed of it, and the caret behind it. */
export function named(text: string, { from, query }: Naming, { name }: Person): { text: string; caret: number } {
  const before = `${text.slice(0, from)}@${name} `
  const after = text.slice(from + 1 + query.length).replace(/^ /, '')
  return { text: before + after, caret: before.length }
}

/** Those of the people who were chosen that the text still names. */
export const stillNamed = (text: string, people: readonly Person[]): Person[] =>
  people.filter(({ id, name }, index) => text.includes(`@${name}`) && people.findIndex((other) => other.id === id) === index)

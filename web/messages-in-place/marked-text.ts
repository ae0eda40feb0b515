/** The texts of a catalogue in one language by `room.key`; a form of a plural by `room.key/one`, what stands between names by `room.key#0`. */
export type Texts = Map<string, string>

type Message = string | Record<string, string>

const marks = /@@([\w. /#-]+)@([\s\S]*?)@@/g

/** A text that a build can find again: between marks, behind what it is the text of. */
export function marked(key: string, text: string): string {
  if (/@@|^@|@$/.test(text)) throw new Error(`“${text}” of ${key} cannot be told from a mark`)
  return `@@${key}@${text}@@`
}

/** What a message is made of: the text before the first name, between names, and behind the last one. */
export const piecesOf = (text: string): string[] => text.split(/\{\w+\}/)

/** @param rooms the catalogue of each room */
export function textsIn(rooms: Record<string, Record<string, Message>>): Texts {
  const texts: Texts = new Map()
  const add = (key: string, text: string) => {
    texts.set(key, text)
    for (const [place, piece] of piecesOf(text).entries()) texts.set(`${key}#${place}`, piece)
  }
  for (const [room, messages] of Object.entries(rooms))
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message === 'string') add(`${room}.${key}`, message)
      else for (const [form, text] of Object.entries(message)) add(`${room}.${key}/${form}`, text)
    }
  return texts
}

/** A code whose marks are gone: each marked text is what `say` makes of its key and of the text as it stands there; null leaves all as it is. */
export const unmarked = (code: string, say: (key: string, text: string) => string | null): string =>
  code.replace(marks, (whole, key: string, text: string) => say(key, text) ?? whole)

/** What stands between marks, and what only looks like it. */
export const keysIn = (code: string): string[] => [...code.matchAll(marks)].map(([, key]) => `${key}`)

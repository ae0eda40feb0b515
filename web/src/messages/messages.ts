/** A text with names in braces that values take the place of; with `count` it has a form for each plural of its language. */
export type Message = string | Plural
export type Plural = { [form in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & { other: string }
export type Catalogue = Record<string, Message>

/** The same messages in another language, which has plurals of its own. */
export type Translated<C extends Catalogue> = { [key in keyof C]: C[key] extends string ? string : Plural }

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type NamesIn<M> = M extends string ? Names<M> : M extends { other: infer T extends string } ? Names<T> : never
type Values<M> = { [name in NamesIn<M>]: name extends 'count' ? number : string | number }

/** Says a message in the language that was chosen: its key, and a value for each name in it. */
export type Say<C extends Catalogue> = <K extends keyof C>(
  key: K,
  ...values: [NamesIn<C[K]>] extends [never] ? [] : [values: Values<C[K]>]
) => string

/** The names that a message has values for, in no order, each of them once. */
export const namesIn = (text: string): Set<string> => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => `${name}`))

/**
 * What says the messages of a catalogue in its language: numbers as they are written there, and the plural that its rules ask for.
 * @param language BCP 47, such as `de`
 */
export function sayIn<C extends Catalogue>(language: string, messages: Translated<C>): Say<C> {
  const plurals = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (key, ...rest) => {
    const values = (rest[0] ?? {}) as Record<string, string | number>
    const message: Message = messages[key]
    const text = typeof message === 'string' ? message : (message[plurals.select(Number(values.count))] ?? message.other)
    return text.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'count' ? numbers.format(Number(values.count)) : `${values[name]}`,
    )
  }
}

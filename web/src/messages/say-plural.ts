import { languageHere } from './language-here.ts'

const plurals = new Intl.PluralRules(languageHere)
const numbers = new Intl.NumberFormat(languageHere)

/** A build writes it in the place of `say` where a message has a plural (`web/messages-in-place`). */
export function sayPlural(one: string, other: string, values: Record<string, string | number>): string {
  const text = plurals.select(Number(values.count)) === 'one' ? one : other
  return text.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'count' ? numbers.format(Number(values.count)) : `${values[name]}`,
  )
}

import { expect, test } from 'vitest'
import { languageFor } from './language.ts'

const known = ['de', 'es']

test.each([
  ['fr-FR, de-AT;q=0.8, en;q=0.5', 'de'],
  ['en;q=0.5, es-419;q=0.9', 'es'],
  ['en-GB, de', 'en'],
  ['de;q=0, es;q=0.1', 'es'],
  ['pt, ja', 'en'],
  ['tostring, ;q=x,,', 'en'],
  [undefined, 'en'],
])('who asks for %j gets %s', (wanted, language) => {
  expect(languageFor({ 'accept-language': wanted }, known)).toBe(language)
})

test('what was chosen counts before what the browser asks for; nonsense does not', () => {
  const asking = (cookie: string) => ({ cookie, 'accept-language': 'de' })
  expect(languageFor(asking('a=b; meanwhile.language=es'), known)).toBe('es')
  expect(languageFor(asking('meanwhile.language=en'), known)).toBe('en')
  expect(languageFor(asking('meanwhile.language=xx; x'), known)).toBe('de')
})

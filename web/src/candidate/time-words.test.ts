import { expect, test } from 'vitest'
import { dayWords, leftWords, lengthWords, listWords, momentWords, shortMoment } from './time-words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

test.each([
  [3 * day + hour, 'en', '3 days'],
  [day + 5 * hour, 'en', '29 hours'],
  [47 * hour + 59 * minute, 'de', '47 Stunden'],
  [2 * hour - 1, 'es', '119 minutos'],
  [90_000, 'en', '90 seconds'],
  [999, 'de', '0 Sekunden'],
  [-day, 'en', '0 seconds'],
])('of %s ms there is left in %s: %s', (ms, language, words) => {
  expect(leftWords(ms, language)).toBe(words)
})

test.each([
  [45_000, 'en', '45 seconds'],
  [minute, 'en', '1 minute'],
  [2 * minute, 'de', '2 Minuten'],
  [25 * minute + 20_000, 'es', '25 minutos'],
  [hour, 'en', '1 hour'],
  [80 * minute, 'en', '1 hour 20 minutes'],
])('%s ms last about, in %s: %s', (ms, language, words) => {
  expect(lengthWords(ms, language)).toBe(words)
})

test('a moment is said in the zone of the candidate, which is named', () => {
  const at = '2026-12-03T17:00:00Z'
  expect(momentWords(at, 'de', 'Europe/Berlin')).toMatch(/^Donnerstag, 3\. Dezember .*18:00 MEZ$/)
  expect(momentWords(at, 'en', 'America/New_York')).toMatch(/^Thursday, December 3 at 12:00\sPM EST$/)
  expect(dayWords(at, 'es', 'Pacific/Auckland')).toBe('viernes, 4 de diciembre')
  expect(shortMoment(at, 'de', 'UTC')).toMatch(/3\. Dezember .*17:00/)
})

test('names are joined as the language does', () => {
  expect(listWords(['Ada', 'Ben', 'Cleo'], 'en')).toBe('Ada, Ben, and Cleo')
  expect(listWords(['Ada', 'Ben'], 'de')).toBe('Ada und Ben')
  expect(listWords(['Ada', 'Ingrid'], 'es')).toBe('Ada e Ingrid')
})

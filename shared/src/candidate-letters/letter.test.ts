import { expect, test } from 'vitest'
import { compose } from '../platform/compose-letter.ts'
import { candidateLetter, type LetterTo, mailKinds } from './letter.ts'

const to: LetterTo = {
  name: 'Kim <Lee>',
  who: 'Ada',
  workspace: 'Acme',
  position: 'Cook',
  language: null,
  timeZone: 'Europe/Berlin',
  questions: 2,
  deadlineAt: new Date('2026-12-03T17:00:00Z'),
  submittedAt: new Date('2026-12-01T17:00:00Z'),
  reopened: { question: 'Why?', until: new Date('2026-12-03T17:00:00Z') },
  promiseDays: 5,
  deleteAfterDays: 30,
  url: 'https://meanwhile.example/i/x',
}
const textOf = (change: Partial<LetterTo> = {}) => compose(candidateLetter('invitation', { ...to, ...change })).text

test('an invitation says who asks, for what, until when in which zone, what is promised, and the link', () => {
  const text = textOf()
  for (const said of ['Ada of Acme', 'Cook', '2 questions', 'Thursday 3 December at 18:00 CET', 'within 5 days', to.url])
    expect(text).toContain(said)
  expect(textOf({ timeZone: 'America/New_York' })).toContain('12:00 GMT-5')
})

test('letters are in the language of the candidate, and say so to programs', () => {
  const german = compose(candidateLetter('receipt', { ...to, language: 'de' }))
  expect(german.text).toContain('bis Sonntag, 6. Dezember')
  expect(german.html).toContain('<html lang="de">')
  expect(textOf({ language: 'es', promiseDays: 1 })).toContain('dentro de un día')
  expect(compose(candidateLetter('invitation', to)).html).toContain('Kim &lt;Lee&gt;')
})

test.each(Object.keys(mailKinds) as (keyof typeof mailKinds)[])('a letter about %s has every part in each language', (about) => {
  for (const language of ['en', 'de', 'es'] as const)
    for (const change of [{}, { submittedAt: null }, { deadlineAt: null, promiseDays: null, who: null }]) {
      const { subject, text, html } = compose(candidateLetter(about, { ...to, language, ...change }))
      for (const part of [subject, text, html]) expect(part).not.toMatch(/undefined|null|\{|Invalid/)
      expect(text).toContain(to.url)
      expect(subject).toContain('Cook')
    }
})

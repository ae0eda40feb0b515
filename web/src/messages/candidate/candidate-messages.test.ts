import { createHash } from 'node:crypto'
import { consentVersion } from '@meanwhile/shared/contract/candidate'
import { expect, test } from 'vitest'
import { languages } from '../languages.ts'
import { type Message, namesIn } from '../messages.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'

const all: Record<string, Record<string, Message>> = { en, de, es }
const textsOf = (message: Message | undefined): string[] =>
  message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message)
const namesOf = (message: Message | undefined) => [...new Set(textsOf(message).flatMap((text) => [...namesIn(text)]))].sort()

test('there is a catalogue for every language that can be chosen', () => {
  expect(Object.keys(all).sort()).toEqual(Object.keys(languages).sort())
})

test.each(Object.keys(all))(
  '%s says every message, with the same names in it and the plurals that it tells apart',
  (language) => {
    const messages = all[language] ?? {}
    expect(Object.keys(messages).sort()).toEqual(Object.keys(en).sort())
    for (const [key, message] of Object.entries(messages)) {
      const original: Message | undefined = (en as Record<string, Message>)[key]
      expect([key, namesOf(message)]).toEqual([key, namesOf(original)])
      expect([key, typeof message]).toEqual([key, typeof original])
      for (const text of textsOf(message)) {
        expect([key, text]).toEqual([key, text.trim()])
        expect(text).not.toBe('')
      }
      if (typeof message !== 'string') expect(Object.keys(message).sort()).toEqual(['one', 'other'])
    }
  },
)

test.each(['de', 'es'])('nothing in %s is still in English', (language) => {
  const same = Object.entries(all[language] ?? {}).filter(([key, message]) => {
    const [text = ''] = textsOf(message)
    return text.replaceAll(/\{\w+\}/g, '').length > 12 && textsOf((en as Record<string, Message>)[key]).includes(text)
  })
  expect(same).toEqual([])
})

/** Whoever changes what candidates agree to gives the text another version: what they saw is kept with their consent. */
const agreedTo: Record<string, string> = { '2026-11-28': 'bc43bc7128ee2d2e' }

test('the text that candidates agree to is that of its version', () => {
  const consent = Object.entries(all).map(([language, messages]) => [
    language,
    Object.entries(messages).filter(([key]) => key.startsWith('consent.')),
  ])
  const hash = createHash('sha256').update(JSON.stringify(consent)).digest('hex').slice(0, 16)
  expect({ [consentVersion]: hash }).toEqual({ [consentVersion]: agreedTo[consentVersion] })
})

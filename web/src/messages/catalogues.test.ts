import { expect, test } from 'vitest'
import { languages } from './languages.ts'
import { type Message, namesIn } from './messages.ts'

type Messages = Record<string, Message>

/** Every room's catalogue, by its path: `./candidate/de.ts`. */
const files = import.meta.glob<Record<string, Messages>>('./*/*.ts', { eager: true })
const catalogues = Object.entries(files).flatMap(([path, module]) => {
  const [, room = '', language = ''] = /^\.\/([\w-]+)\/(\w+)\.ts$/.exec(path) ?? []
  return language === '' ? [] : [{ room, language, messages: module[language] ?? {} }]
})
const rooms = [...new Set(catalogues.map(({ room }) => room))]
const englishOf = (room: string): Messages =>
  catalogues.find((each) => each.room === room && each.language === 'en')?.messages ?? {}

const textsOf = (message: Message | undefined): string[] =>
  message === undefined ? [] : typeof message === 'string' ? [message] : Object.values(message)
const namesOf = (message: Message | undefined) => [...new Set(textsOf(message).flatMap((text) => [...namesIn(text)]))].sort()

test.each(rooms)('%s has a catalogue for every language that can be chosen', (room) => {
  const found = catalogues.filter((each) => each.room === room).map(({ language }) => language)
  expect(found.sort()).toEqual(Object.keys(languages).sort())
})

test.each(catalogues)(
  '$room says every message in $language, with the same names in it and the plurals that it tells apart',
  ({ room, messages }) => {
    const english = englishOf(room)
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort())
    for (const [key, message] of Object.entries(messages)) {
      expect([key, namesOf(message)]).toEqual([key, namesOf(english[key])])
      expect([key, typeof message]).toEqual([key, typeof english[key]])
      for (const text of textsOf(message)) {
        expect([key, text]).toEqual([key, text.trim()])
        expect([key, text]).not.toEqual([key, ''])
      }
      if (typeof message !== 'string') expect(Object.keys(message).sort()).toEqual(['one', 'other'])
    }
  },
)

test.each(catalogues.filter(({ language }) => language !== 'en'))(
  'nothing of $room in $language is still in English',
  ({ room, messages }) => {
    const english = englishOf(room)
    const same = Object.entries(messages).filter(([key, message]) => {
      const [text = ''] = textsOf(message)
      return text.replaceAll(/\{\w+\}/g, '').length > 12 && textsOf(english[key]).includes(text)
    })
    expect(same).toEqual([])
  },
)

test.each(catalogues.filter(({ language }) => language !== 'en'))('$room speaks $language politely', ({ language, messages }) => {
  const familiar = language === 'de' ? /\b(du|dich|dir|dein\w*)\b/i : /\b(tú|ti|contigo|tus?)\b/i
  const found = Object.values(messages)
    .flatMap(textsOf)
    .filter((text) => familiar.test(text))
  expect(found).toEqual([])
})

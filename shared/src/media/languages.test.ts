import { expect, test } from 'vitest'
import { languageName, languageOf, languageTag } from './languages.ts'

test.each([
  ['en', 'en'],
  ['pt-br', 'pt-BR'],
  ['ZH-hant', 'zh-Hant'],
  ['', null],
  ['e', null],
  ['en_US', null],
  ['../en', null],
  ['english', null],
])('%s is the tag %s', (text, tag) => {
  expect(languageTag(text)).toBe(tag)
})

test('a language is called what it calls itself', () => {
  expect(['de', 'en', 'pt-BR', 'und', 'qaa'].map(languageName)).toEqual([
    'Deutsch',
    'English',
    expect.stringMatching(/^Portugu/),
    'und',
    'qaa',
  ])
})

test.each([
  ['english', 'en'],
  ['German', 'de'],
  ['pt', 'pt'],
  ['cantonese', 'yue'],
  ['Klingonese', 'und'],
  [null, 'und'],
  ['', 'und'],
])('%s is told as %s', (said, tag) => {
  expect(languageOf(said)).toBe(tag)
})

import { expect, test } from 'vitest'
import { localeFor } from './language-here.ts'
import { namesIn, sayIn } from './messages.ts'

const messages = {
  hello: 'Hello {name}',
  left: { one: '{count} take left of {all}', other: '{count} takes left of {all}' },
} as const

test('a message is said with its values, in the plural of its language and with the numbers as they are written there', () => {
  const say = sayIn<typeof messages>('en', messages)
  expect(say('hello', { name: '{all} $& Ada' })).toBe('Hello {all} $& Ada')
  expect(say('left', { count: 1, all: 2 })).toBe('1 take left of 2')
  expect(say('left', { count: 1200, all: 2 })).toBe('1,200 takes left of 2')
  expect(sayIn<typeof messages>('de', messages)('left', { count: 1200, all: 2 })).toBe('1.200 takes left of 2')
})

test('a plural that a language does not tell apart is the other one', () => {
  const say = sayIn<typeof messages>('es', messages)
  expect(new Intl.PluralRules('es').select(1_000_000)).toBe('many')
  expect(say('left', { count: 1_000_000, all: 2 })).toContain('takes left')
})

test('names are found once each', () => {
  expect([...namesIn('{one} and {two} and {one}')]).toEqual(['one', 'two'])
})

test('times and amounts are written as where the person is', () => {
  expect(localeFor('en', ['de-AT', 'en-GB'])).toBe('en-GB')
  expect(localeFor('es', ['de-AT', 'en-GB'])).toBe('es')
})

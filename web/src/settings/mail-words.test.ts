import { expect, test } from 'vitest'
import { mailWords } from './mail-words.ts'

const none = { attempts: 0, failure: null }

test.each([
  [{ ...none, state: 'sent' }, true, 'Sent'],
  [{ ...none, state: 'waiting' }, true, 'On its way'],
  [{ ...none, state: 'waiting' }, false, 'Kept here'],
  [{ state: 'waiting', attempts: 1, failure: '451 Later' }, true, 'Not sent yet, tried once: 451 Later'],
  [{ state: 'waiting', attempts: 3, failure: '451 Later' }, true, 'Not sent yet, tried 3 times: 451 Later'],
  [{ state: 'failed', attempts: 1, failure: '550 No such user' }, true, 'Not sent: 550 No such user'],
] as const)('%o: %s', (mail, isSet, words) => {
  expect(mailWords(mail, isSet)).toBe(words)
})

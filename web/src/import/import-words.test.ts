import { expect, test } from 'vitest'
import { sizeWords, stateWords } from './import-words.ts'
import { titleFrom } from './title-from.ts'

test.each([
  { name: 'weekly_demo-2.mp4', title: 'weekly demo-2' },
  { name: 'GMT20261126-Recording.1920x1080.mov', title: 'GMT20261126-Recording.1920x1080' },
  { name: '.mp4', title: 'Uploaded video' },
  { name: 'ohne Endung', title: 'ohne Endung' },
])('$name suggests the title $title', ({ name, title }) => expect(titleFrom(name)).toBe(title))

test.each([
  { bytes: 0, words: '0 B' },
  { bytes: 950, words: '950 B' },
  { bytes: 1_234_567, words: '1.2 MB' },
  { bytes: 64_000_000_000, words: '64 GB' },
])('$bytes bytes are $words', ({ bytes, words }) => expect(sizeWords(bytes, 'en')).toBe(words))

test('while the network is away it says why nothing moves, and that it goes on', () => {
  const state = { name: 'sending', share: 0.5 } as const
  expect(stateWords(state, null)).toBe('Sending, 50 %. Keep this tab open.')
  expect(stateWords(state, 'Meanwhile cannot be reached right now')).toBe(
    'Meanwhile cannot be reached right now. It goes on by itself; keep this tab open.',
  )
})

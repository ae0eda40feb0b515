import { expect, test } from 'vitest'
import { readAnswer, readWhisperReport } from './answer.ts'
import { cuesOfSentences, cuesOfWords, keptCues } from './cues-of.ts'

const word = (text: string, startMs: number, endMs = startMs + 200) => ({ text, startMs, endMs })

test('segments become cues, in the language that is told by its name', () => {
  const answer = {
    task: 'transcribe',
    language: 'german',
    duration: 4,
    text: 'Guten Morgen. Tschüss.',
    segments: [
      { id: 0, start: 0.5, end: 1.75, text: ' Guten Morgen.', no_speech_prob: 0.01 },
      { id: 1, start: 2, end: 3, text: ' Vielen Dank fürs Zuschauen!', no_speech_prob: 0.97 },
      { id: 2, start: 3, end: 4, text: ' Tschüss.' },
    ],
  }
  const spoken = readAnswer(JSON.stringify(answer))
  expect(spoken).toMatchObject({
    language: 'de',
    cues: [
      { startMs: 500, endMs: 1750 },
      { startMs: 3000, endMs: 4000 },
    ],
  })
  expect(keptCues(spoken!.cues, [], 4000).map(({ text }) => text)).toEqual(['Guten Morgen.', 'Tschüss.'])
})

test('words give the times, and sentences the marks between them', () => {
  const words = ['So', 'this', 'is', 'the', 'first', 'thing', 'that', 'I', 'did', 'Then', 'lunch']
  const answer = {
    language: 'en',
    segments: [{ start: 0, end: 5.5, text: ' So, this is the first thing that I did. Then lunch.' }],
    words: words.map((each, index) => ({ word: each, start: index * 0.5, end: index * 0.5 + 0.4 })),
  }
  expect(readAnswer(JSON.stringify(answer))!.cues).toEqual([
    { startMs: 0, endMs: 4400, text: 'So, this is the first thing that I did.' },
    { startMs: 4500, endMs: 5400, text: 'Then lunch.' },
  ])
})

test('words that are not those of their sentence change none of its text', () => {
  const answer = { segments: [{ start: 0, end: 2, text: 'Twenty one' }], words: [{ word: '21', start: 0, end: 2 }] }
  expect(readAnswer(JSON.stringify(answer))!.cues).toMatchObject([{ startMs: 0, endMs: 2000, text: 'Twenty one' }])
})

test.each([
  ['WebVTT', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n'],
  ['SubRip', '1\n00:00:01,000 --> 00:00:02,000\nHi\n'],
  ['WebVTT in a string', JSON.stringify('WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n')],
])('%s is read too', (_what, body) => {
  expect(readAnswer(body)).toEqual({ language: 'und', cues: [{ startMs: 1000, endMs: 2000, text: 'Hi' }] })
})

test.each([
  '',
  '{}',
  '{"text":"no times"}',
  'null',
  '[]',
  '<html>',
  'plain text',
  '{"segments":[{"start":-1,"end":1,"text":"a"}]}',
  '{"segments":[{"start":"0","end":1,"text":"a"}]}',
])('%j has no text with times', (body) => {
  expect(readAnswer(body)).toBeNull()
})

test('the report of whisper.cpp is read, whatever is in its strings', () => {
  const report =
    '{"result":{"language":"fr"},"transcription":[{"timestamps":{},"offsets":{"from":10,"to":2500},"text":" Bon\tjour\u0001"}]}'
  expect(keptCues(readWhisperReport(report)!.cues, [], 3000)).toEqual([{ startMs: 10, endMs: 2500, text: 'Bon jour' }])
  expect(readWhisperReport(report)!.language).toBe('fr')
  for (const none of ['', '{}', '{"transcription":1}']) expect(readWhisperReport(none)).toBeNull()
})

test('a long sentence becomes several cues, and none of its words is lost', () => {
  const text = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')
  const cues = cuesOfSentences([{ startMs: 0, endMs: 30_000, text }])
  expect(cues.length).toBeGreaterThan(4)
  for (const cue of cues) expect(cue.text.length).toBeLessThanOrEqual(84)
  expect(cues.map((cue) => cue.text).join(' ')).toBe(text)
  expect(cues[0]!.startMs).toBe(0)
  expect(cues.at(-1)!.endMs).toBeCloseTo(30_000)
})

test('a pause ends a cue', () => {
  expect(cuesOfWords([word('One', 0), word('two', 300), word('three', 2_000)]).map(({ text }) => text)).toEqual([
    'One two',
    'three',
  ])
})

test('what is told of a silence is left out, and what stands too short stands longer', () => {
  const cues = [
    { startMs: 0, endMs: 1_000.4, text: 'Said' },
    { startMs: 2_000, endMs: 3_000, text: 'Thanks for watching' },
    { startMs: 5_000, endMs: 5_010, text: 'No' },
    { startMs: 9_950, endMs: 12_000, text: 'End' },
    { startMs: 11_000, endMs: 12_000, text: 'Behind the end' },
  ]
  expect(keptCues(cues, [[1_500, 4_000]], 10_000)).toEqual([
    { startMs: 0, endMs: 1_000, text: 'Said' },
    { startMs: 5_000, endMs: 5_300, text: 'No' },
    { startMs: 9_950, endMs: 10_000, text: 'End' },
  ])
})

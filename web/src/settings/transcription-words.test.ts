import { expect, test } from 'vitest'
import { transcriptionWords } from './transcription-words.ts'

test('people read whether speech is written down, by what, and where its sound goes', () => {
  expect(transcriptionWords(null)).toMatch(/^Off\. .* sent nowhere/)
  expect(transcriptionWords({ provider: 'whisper.cpp', host: null, model: 'ggml-base' })).toMatch(
    /^On, by whisper\.cpp \(ggml-base\) .* stays there/,
  )
  expect(transcriptionWords({ provider: 'openai', host: 'speech.example.org', model: 'whisper-1' })).toMatch(
    /\(whisper-1\).* sent to speech\.example\.org\.$/,
  )
})

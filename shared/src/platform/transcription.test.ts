import { expect, test } from 'vitest'
import { EnvError, readEnv } from './env.ts'
import { endpointOf, shownTranscription, transcriptionOf } from './transcription.ts'

function faultsOf(variables: Record<string, string>) {
  try {
    readEnv(variables)
    return []
  } catch (error) {
    if (error instanceof EnvError) return error.faults.map(({ name, message }) => `${name} ${message}`)
    throw error
  }
}

test('it is off until somebody chooses a provider', () => {
  expect(transcriptionOf(readEnv({}))).toBeNull()
  expect(shownTranscription(null)).toBeNull()
})

test('a service is named by its address and model; its key is nobody’s business', () => {
  const env = readEnv({
    TRANSCRIPTION_URL: 'https://api.example.org/v1',
    TRANSCRIPTION_KEY: 'k',
    TRANSCRIPTION_MODEL: 'whisper-1',
  })
  const chosen = transcriptionOf(env)
  expect(chosen).toEqual({
    provider: 'openai',
    url: 'https://api.example.org/v1/audio/transcriptions',
    key: 'k',
    model: 'whisper-1',
    maxBytes: 24_000_000,
  })
  expect(shownTranscription(chosen)).toEqual({ provider: 'openai', host: 'api.example.org', model: 'whisper-1' })
})

test('a program is named by its path and model', () => {
  const chosen = transcriptionOf(readEnv({ WHISPER_PATH: '/opt/whisper-cli', WHISPER_MODEL: '/models/ggml-base.bin' }))
  expect(chosen).toEqual({ provider: 'whisper.cpp', path: '/opt/whisper-cli', model: '/models/ggml-base.bin' })
  expect(shownTranscription(chosen)).toEqual({ provider: 'whisper.cpp', host: null, model: 'ggml-base.bin' })
})

test.each([
  [{ TRANSCRIPTION_URL: 'https://x.example' }, 'TRANSCRIPTION_URL needs TRANSCRIPTION_MODEL too'],
  [{ TRANSCRIPTION_KEY: 'k' }, 'TRANSCRIPTION_KEY needs TRANSCRIPTION_URL too'],
  [{ TRANSCRIPTION_MODEL: 'whisper-1' }, 'TRANSCRIPTION_MODEL needs TRANSCRIPTION_URL too'],
  [{ WHISPER_PATH: 'whisper-cli' }, 'WHISPER_PATH needs WHISPER_MODEL too'],
  [{ WHISPER_MODEL: 'm.bin' }, 'WHISPER_MODEL needs WHISPER_PATH too'],
  [
    { TRANSCRIPTION_URL: 'http://x.example', TRANSCRIPTION_MODEL: 'm', WHISPER_PATH: 'w', WHISPER_MODEL: 'm' },
    'WHISPER_PATH cannot go with TRANSCRIPTION_URL: choose one',
  ],
  [
    { TRANSCRIPTION_URL: 'ftp://x.example', TRANSCRIPTION_MODEL: 'm' },
    'TRANSCRIPTION_URL must be a URL that starts with http:// or https://',
  ],
])('%j is half a setting: %s', (variables, fault) => {
  expect(faultsOf(variables as Record<string, string>)).toEqual([fault])
})

test.each([
  ['https://a.example', 'https://a.example/v1/audio/transcriptions'],
  ['https://a.example/', 'https://a.example/v1/audio/transcriptions'],
  ['https://a.example/openai/v1/', 'https://a.example/openai/v1/audio/transcriptions'],
  ['http://a.example:8000/v1/audio/transcriptions', 'http://a.example:8000/v1/audio/transcriptions'],
  ['https://a.example/v1?api-version=1', 'https://a.example/v1/audio/transcriptions?api-version=1'],
])('%s is asked at %s', (address, endpoint) => {
  expect(endpointOf(address)).toBe(endpoint)
})

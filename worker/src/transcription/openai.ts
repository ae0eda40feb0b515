import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { StageFailure } from '../failure.ts'
import { speechRate } from '../ffmpeg/sound.ts'
import { readAnswer } from './answer.ts'
import { type Answer, postForm } from './post-form.ts'
import type { Speech, Spoken, Transcriber } from './transcriber.ts'
import { longestIn } from './wav.ts'

/** `waitMs` is how long it waits before it asks again, by how often it has; for tests. */
export type Service = {
  url: string
  key: string | undefined
  model: string
  maxBytes: number
  waitMs?: (tries: number) => number
}

const mostTries = 4
/** Somebody who wants us to wait for longer gets another attempt of the whole stage. */
const longestWaitMs = 120_000
const inSteps = (tries: number) => 2_000 * 4 ** (tries - 1)
/** Of a slow processor. */
const timeoutOf = (durationMs: number) => 120_000 + durationMs * 4

/** In this order: not every model knows the first. */
const formats = ['verbose_json', 'vtt'] as const

const failure = (message: string, isFinal: boolean) => new StageFailure(message, { isFinal })

async function formOf({ model }: Service, file: string, format: string): Promise<FormData> {
  const form = new FormData()
  form.set('file', new Blob([await readFile(file)], { type: 'audio/wav' }), 'speech.wav')
  form.set('model', model)
  form.set('response_format', format)
  if (format === 'verbose_json') for (const each of ['segment', 'word']) form.append('timestamp_granularities[]', each)
  return form
}

/** RFC 9110 §10.2.3: seconds, or a date. Null when it does not say. */
function retryAfterMs({ headers }: Answer): number | null {
  const said = String(headers['retry-after'] ?? '')
  if (/^\d+$/.test(said)) return Number(said) * 1000
  const at = Date.parse(said)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

const isBusy = ({ status }: Answer) => status === 429 || status === 408 || status >= 500

/** Sends until there is an answer that another try would not change. */
async function ask(service: Service, { file, durationMs, signal, log }: Speech, format: string): Promise<Answer> {
  const { url, key, waitMs = inSteps } = service
  for (let tries = 1; ; tries++) {
    const form = await formOf(service, file, format)
    const answer = await postForm({ url, key, form, timeoutMs: timeoutOf(durationMs), signal }).catch((error) => {
      signal.throwIfAborted()
      log.warn({ err: error, tries }, 'the service that transcribes was not reached')
      return null
    })
    if (answer && !isBusy(answer)) return answer
    if (answer)
      log.warn({ status: answer.status, tries, body: answer.body.slice(0, 500) }, 'the service that transcribes is busy')
    const wait = (answer && retryAfterMs(answer)) ?? waitMs(tries)
    if (tries >= mostTries || wait > longestWaitMs)
      throw failure(
        answer ? `The service that transcribes is busy (${answer.status}).` : 'The service that transcribes cannot be reached.',
        false,
      )
    await sleep(wait, undefined, { signal })
  }
}

/** Why an answer is none. @returns null when another format may do */
function refusalOf({ status }: Answer): StageFailure | null {
  if (status >= 300 && status < 400)
    return failure('The service that transcribes is at another address: set TRANSCRIPTION_URL to that one.', true)
  if (status === 401 || status === 403)
    return failure(`The service that transcribes refused the key (${status}): look at TRANSCRIPTION_KEY.`, true)
  if (status === 404) return failure('The service that transcribes has no such address or model (404).', true)
  if (status === 413) return failure('The service that transcribes takes smaller files: lower TRANSCRIPTION_MAX_MB.', true)
  return null
}

async function transcribe(service: Service, speech: Speech): Promise<Spoken> {
  for (const format of formats) {
    const answer = await ask(service, speech, format)
    const isGood = answer.status >= 200 && answer.status < 300
    const spoken = isGood ? readAnswer(answer.body) : null
    if (spoken) return spoken
    speech.log.warn({ status: answer.status, format, body: answer.body.slice(0, 500) }, 'the answer cannot be used')
    const refusal = isGood ? null : refusalOf(answer)
    if (refusal) throw refusal
  }
  throw failure('The service that transcribes gave no text with times: choose another TRANSCRIPTION_MODEL.', true)
}

/**
 * A service that speaks OpenAI's `POST /v1/audio/transcriptions`: it gets the bytes, never an address. What is longer than it takes is sent
 * in pieces.
 */
export const openaiTranscriber = (service: Service): Transcriber => ({
  longestMs: longestIn(service.maxBytes, speechRate),
  transcribe: (speech) => transcribe(service, speech),
})

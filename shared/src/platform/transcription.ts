import { basename } from 'node:path'
import * as z from 'zod'

const url = z.url({ protocol: /^https?$/, error: 'must be a URL that starts with http:// or https://' })

/** The variables of transcription, for `Env`. */
export const transcriptionVariables = {
  TRANSCRIPTION_URL: url
    .optional()
    .describe('An OpenAI-compatible service that transcribes, such as https://api.openai.com/v1. Default: no transcripts.'),
  TRANSCRIPTION_KEY: z.string().min(1).optional().describe('Key of that service, where it needs one.'),
  TRANSCRIPTION_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Model of that service, such as whisper-1; required with TRANSCRIPTION_URL.'),
  TRANSCRIPTION_MAX_MB: z.coerce
    .number({ error: 'must be a number' })
    .min(1, 'must be 1 or more')
    .max(200, 'must be 200 or less')
    .default(24)
    .describe('The largest file that the service takes; longer recordings are sent in pieces.'),
  WHISPER_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('whisper-cli of whisper.cpp, to transcribe on this machine. Default: no transcripts.'),
  WHISPER_MODEL: z.string().min(1).optional().describe('Its model, such as /models/ggml-base.bin; required with WHISPER_PATH.'),
}

const Variables = z.object(transcriptionVariables)
type Variables = z.infer<typeof Variables>

/** Half of a setting is an error: nobody should wonder why there is no transcript. @returns which variable, and what is wrong with it */
export function transcriptionFaults(env: Variables): { name: keyof Variables; message: string }[] {
  const { TRANSCRIPTION_URL, TRANSCRIPTION_KEY, TRANSCRIPTION_MODEL, WHISPER_PATH, WHISPER_MODEL } = env
  const faults: { name: keyof Variables; message: string }[] = []
  if (TRANSCRIPTION_URL && !TRANSCRIPTION_MODEL)
    faults.push({ name: 'TRANSCRIPTION_URL', message: 'needs TRANSCRIPTION_MODEL too' })
  if (!TRANSCRIPTION_URL)
    for (const [name, value] of Object.entries({ TRANSCRIPTION_KEY, TRANSCRIPTION_MODEL }))
      if (value) faults.push({ name: name as keyof Variables, message: 'needs TRANSCRIPTION_URL too' })
  if (WHISPER_PATH && !WHISPER_MODEL) faults.push({ name: 'WHISPER_PATH', message: 'needs WHISPER_MODEL too' })
  if (WHISPER_MODEL && !WHISPER_PATH) faults.push({ name: 'WHISPER_MODEL', message: 'needs WHISPER_PATH too' })
  if (TRANSCRIPTION_URL && WHISPER_PATH)
    faults.push({ name: 'WHISPER_PATH', message: 'cannot go with TRANSCRIPTION_URL: choose one' })
  return faults
}

/** The provider that an operator chose. */
export type Transcription =
  | { provider: 'openai'; url: string; key: string | undefined; model: string; maxBytes: number }
  | { provider: 'whisper.cpp'; path: string; model: string }

/** The address of a service: people give that of the service, of its version or of the endpoint itself. */
export function endpointOf(address: string): string {
  const url = new URL(address)
  const path = url.pathname.replace(/\/+$/, '')
  if (!path.endsWith('/audio/transcriptions')) url.pathname = `${path || '/v1'}/audio/transcriptions`
  return url.href
}

/** Null where nobody chose one: transcripts are off. */
export function transcriptionOf(env: Variables): Transcription | null {
  const { TRANSCRIPTION_URL, TRANSCRIPTION_KEY, TRANSCRIPTION_MODEL, TRANSCRIPTION_MAX_MB, WHISPER_PATH, WHISPER_MODEL } = env
  if (TRANSCRIPTION_URL && TRANSCRIPTION_MODEL)
    return {
      provider: 'openai',
      url: endpointOf(TRANSCRIPTION_URL),
      key: TRANSCRIPTION_KEY,
      model: TRANSCRIPTION_MODEL,
      maxBytes: TRANSCRIPTION_MAX_MB * 1e6,
    }
  return WHISPER_PATH && WHISPER_MODEL ? { provider: 'whisper.cpp', path: WHISPER_PATH, model: WHISPER_MODEL } : null
}

/** What everybody may know of it: where speech goes, and by what it is written down. */
export const shownTranscription = (chosen: Transcription | null) =>
  chosen && {
    provider: chosen.provider,
    host: chosen.provider === 'openai' ? new URL(chosen.url).host : null,
    model: chosen.provider === 'openai' ? chosen.model : basename(chosen.model),
  }

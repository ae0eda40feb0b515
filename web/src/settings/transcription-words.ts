import type { SiteSettings } from '@meanwhile/shared/contract/settings'
import { say } from './storage-words.ts'

/** What becomes of the speech in recordings, for people. */
export function transcriptionWords(transcription: SiteSettings['transcription']): string {
  if (!transcription) {
    return say('speech.off')
  }
  const { provider, host, model } = transcription
  if (provider === 'whisper.cpp') return say('speech.here', { model })
  return host === null ? say('speech.somewhere', { model }) : say('speech.away', { model, host })
}

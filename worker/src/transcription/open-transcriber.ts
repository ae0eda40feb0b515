import type { Transcription } from '@meanwhile/shared/platform/transcription'
import { openaiTranscriber } from './openai.ts'
import type { Transcriber } from './transcriber.ts'
import { whisperTranscriber } from './whisper.ts'

/** The provider that the operator chose; null for none. @param searchPath the PATH that a program is looked up in */
export function openTranscriber(chosen: Transcription | null, searchPath: string | undefined): Transcriber | null {
  if (!chosen) return null
  return chosen.provider === 'openai' ? openaiTranscriber(chosen) : whisperTranscriber({ ...chosen, searchPath })
}

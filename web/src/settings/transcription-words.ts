import type { SiteSettings } from '@meanwhile/shared/contract/settings'

/** What becomes of the speech in recordings, for people. */
export function transcriptionWords(transcription: SiteSettings['transcription']): string {
  if (!transcription) {
    return 'Off. What is said in recordings is not written down, and their sound is sent nowhere. Authors can add captions to each of theirs.'
  }
  const { provider, host, model } = transcription
  if (provider === 'whisper.cpp')
    return `On, by whisper.cpp (${model}) on the machine of this site. The sound of recordings stays there.`
  const where = host ?? 'a service that its operator chose'
  return `On, by an OpenAI-compatible service (${model}). The sound of recordings is sent to ${where}.`
}

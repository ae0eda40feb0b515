import type { StretchFacts } from './examine.ts'
import { type Part, partsOf } from './ledger.ts'

/** Sound that is coded alike from one stretch to the next, so that one init segment describes all of it. */
export type Sound = { startMs: number; codec: string; parts: Part[] }

/** How the sound of a stretch is coded and where it lies in its file; null when it has none. */
function codingOf({ audio, tracks }: StretchFacts): string | null {
  const track = tracks.find(({ kind }) => kind === 'audio')
  if (!audio || !track) return null
  return [audio.codec, audio.sampleRate, audio.channels, track.trackId, track.timescale].join(' ')
}

/** The sounds of a track. A stretch without sound ends one: what comes behind it is another, however it is coded. */
export function soundsOf(stretches: StretchFacts[]): Sound[] {
  const sounds: Sound[] = []
  let before: string | null = null
  for (const each of stretches) {
    const coding = codingOf(each)
    const last = sounds.at(-1)
    if (coding && each.audio) {
      if (last && coding === before) last.parts.push(...each.stretch.parts)
      else sounds.push({ startMs: each.audio.startMs, codec: each.audio.codec, parts: partsOf(each.stretch) })
    }
    before = coding
  }
  return sounds
}

import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, one } from '@meanwhile/shared/db/client'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { assets, videos } from '@meanwhile/shared/db/schema/videos'
import { type Cue, writeCaptions } from '@meanwhile/shared/media/captions'
import type { Range } from '@meanwhile/shared/media/cuts'
import { languageName, unknownLanguage } from '@meanwhile/shared/media/languages'
import { and, eq } from 'drizzle-orm'
import { StageFailure } from '../failure.ts'
import { decodeRun } from '../ffmpeg/limits.ts'
import { rawBytes, speechOf, speechRate } from '../ffmpeg/sound.ts'
import { fetchOriginal, type Published } from '../published.ts'
import { keptCues } from '../transcription/cues-of.ts'
import { piecesOf } from '../transcription/pieces.ts'
import type { Spoken, Transcriber } from '../transcription/transcriber.ts'
import { writeWav } from '../transcription/wav.ts'
import type { Outcome, Stage, Work } from './stage.ts'

const name = 'transcript'

async function silencesOf({ db, videoId }: Work): Promise<Range[]> {
  const [video] = await db.select({ sound: videos.sound }).from(videos).where(eq(videos.id, videoId))
  return video?.sound?.silences ?? []
}

/** The sound as raw samples on the recorded clock. */
async function extractSpeech(work: Work, { file, facts }: Published) {
  const { durationMs } = facts
  const raw = join(work.dir, 'speech.raw')
  const startMs = Math.max(0, facts.audio?.startMs ?? 0)
  const run = decodeRun(work, durationMs, rawBytes(speechRate, durationMs) * 1.1)
  await work.ffmpeg.run(speechOf({ file, startMs, durationMs }, raw), run)
  return { file: raw, sampleRate: speechRate, sizeBytes: (await stat(raw)).size }
}

/** The language that most is said in. */
function mostSpoken(pieces: Spoken[]): string {
  const spoken = new Map<string, number>()
  for (const { language, cues } of pieces)
    if (language !== unknownLanguage) spoken.set(language, (spoken.get(language) ?? 0) + cues.length)
  return [...spoken].sort((a, b) => b[1] - a[1])[0]?.[0] ?? unknownLanguage
}

const moved = (cues: Cue[], byMs: number) => cues.map((cue) => ({ ...cue, startMs: cue.startMs + byMs, endMs: cue.endMs + byMs }))

/** Sends the sound piece by piece. @returns what was said, on the recorded clock */
async function transcribeAll(work: Work, transcriber: Transcriber, original: Published, silences: Range[]): Promise<Spoken> {
  const raw = await extractSpeech(work, original)
  const pieces = piecesOf(original.facts.durationMs, silences, transcriber.longestMs)
  const spoken: Spoken[] = []
  for (const [index, [fromMs, toMs]] of pieces.entries()) {
    const file = join(work.dir, `piece-${index}.wav`)
    await writeWav(raw, [fromMs, toMs], file, work.signal)
    const { dir, signal, log } = work
    const { language, cues } = await transcriber.transcribe({ file, durationMs: toMs - fromMs, dir, signal, log })
    spoken.push({ language, cues: moved(cues, fromMs) })
    await rm(file)
    work.onProgress((index + 1) / pieces.length)
  }
  return { language: mostSpoken(spoken), cues: spoken.flatMap(({ cues }) => cues) }
}

const labelOf = (language: string) => (language === unknownLanguage ? 'Transcript' : languageName(language))

/** In the transaction that publishes: captions beside those of the author, in place of an earlier transcript. */
async function publishCaptions(tx: Db, videoId: string, { language, cues }: Spoken) {
  await tx.delete(captions).where(and(eq(captions.videoId, videoId), eq(captions.source, 'transcript')))
  if (cues.length === 0) return []
  const own = and(eq(assets.videoId, videoId), eq(assets.name, name))
  const { key } = one(await tx.select({ key: assets.key }).from(assets).where(own))
  await tx.insert(captions).values({ videoId, language, source: 'transcript', label: labelOf(language), cues, key })
  return []
}

/**
 * Writes down what is said, by the provider that the operator chose: captions and a transcript, on the recorded clock. What becomes of it
 * says nothing about the video.
 */
export const transcript =
  (transcriber: Transcriber | null): Stage =>
  async (work): Promise<Outcome> => {
    if (!transcriber) throw new StageFailure('Transcripts are switched off on this server.', { isFinal: true })
    const original = await fetchOriginal(work)
    const silences = await silencesOf(work)
    const nothing: Spoken = { language: unknownLanguage, cues: [] }
    const said = original.facts.audio ? await transcribeAll(work, transcriber, original, silences) : nothing
    const cues = keptCues(said.cues, silences, original.facts.durationMs)
    const also = (tx: Db) => publishCaptions(tx, work.videoId, { ...said, cues })
    if (cues.length === 0) return { made: [], also }
    const file = join(work.dir, 'transcript.vtt')
    await writeFile(file, writeCaptions(cues))
    return { made: [{ name, file }], also }
  }

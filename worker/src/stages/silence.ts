import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Waveform } from '@meanwhile/shared/contract/videos'
import { type Db, one } from '@meanwhile/shared/db/client'
import { startStages } from '@meanwhile/shared/db/finish'
import { isNeverWritten } from '@meanwhile/shared/db/never-written'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { type Sound, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { and, eq } from 'drizzle-orm'
import { decodeRun, fractionOf } from '../ffmpeg/limits.ts'
import { heardBytes, heardRate, listen } from '../ffmpeg/sound.ts'
import { measureSound } from '../levels.ts'
import { readLoudness } from '../loudness-report.ts'
import { fetchOriginal, type Published } from '../published.ts'
import { silencesIn } from '../silences.ts'
import type { Outcome, Stage, Work } from './stage.ts'

async function hear(work: Work, { file, facts }: Published): Promise<{ sound: Sound; waveform: Waveform }> {
  const [report, samples] = [join(work.dir, 'loudness.txt'), join(work.dir, 'samples.raw')]
  const { durationMs } = facts
  const startMs = Math.max(0, facts.audio?.startMs ?? 0)
  await work.ffmpeg.run(listen({ file, startMs, durationMs }, report, samples), {
    ...decodeRun(work, durationMs, heardBytes(durationMs)),
    onLine: fractionOf(durationMs, work.onProgress),
  })
  const { levels, waveform } = await measureSound(createReadStream(samples), heardRate, durationMs)
  return { sound: { silences: silencesIn(levels, Math.round(durationMs)), loudness: await readLoudness(report) }, waveform }
}

/** In the transaction that publishes: what was heard, and the stage that writes down what was said. */
async function remember(tx: Db, videoId: string, sound: Sound, transcribes: boolean) {
  await tx.update(videos).set({ sound }).where(eq(videos.id, videoId))
  // What is said in a pairing or by a candidate is never written down. One that came with an import is not replaced: of a recording that begins anew it is gone.
  const isWritten = and(eq(captions.videoId, videoId), eq(captions.source, 'transcript'))
  if (transcribes && sound.loudness && (await tx.$count(captions, isWritten)) === 0 && !(await isNeverWritten(tx, videoId))) {
    const own = and(eq(stages.videoId, videoId), eq(stages.name, 'silence'))
    const { requestId } = one(await tx.select({ requestId: stages.requestId }).from(stages).where(own))
    await startStages(tx, videoId, ['transcript'], requestId)
  }
  return []
}

/**
 * Listens once to the finished recording: where nobody speaks, how loud the rest is, and its waveform; all on the recorded clock. A
 * player leaves silences out and computes its gain: nothing is encoded again.
 * @param transcribes whether what is said is written down afterwards
 */
export const silence =
  (transcribes: boolean): Stage =>
  async (work): Promise<Outcome> => {
    const { videoId } = work
    const original = await fetchOriginal(work)
    const also = (sound: Sound) => (tx: Db) => remember(tx, videoId, sound, transcribes)
    if (!original.facts.audio) return { made: [], also: also({ silences: [], loudness: null }) }
    const { sound, waveform } = await hear(work, original)
    const file = join(work.dir, 'waveform.json')
    await writeFile(file, JSON.stringify(waveform))
    return { made: [{ name: 'waveform', file }], also: also(sound) }
  }

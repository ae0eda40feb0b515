import { examine, examineCamera, type Source } from '../examine.ts'
import { StageFailure } from '../failure.ts'
import { DeadlineError, FfmpegError } from '../ffmpeg/errors.ts'
import { pieceOf } from '../piece.ts'
import { decodeSome } from '../verify.ts'
import type { Made, Work } from './stage.ts'

/** What a recorder and its ledger may be apart: a tab that slept. More than that is a clock that jumped (RELIABILITY B19). */
const jumpMs = 10_000
/** What is said in the log. Sound often ends up to 250 ms before the picture: the encoder's last frame was not full. */
const noteMs = 250

const unplayable = (sentence: string) => new StageFailure(sentence, { isFinal: true })

/**
 * The length of what is there against the length that was promised. A recording is sacred: it fails only when it cannot be played;
 * a picture and a sound that do not end together are as they were recorded.
 */
function compareLengths({ tracks, video, audio, ledgerMs, durationMs }: Source, { log }: Work) {
  const measured = video ?? audio
  const offMs = measured ? measured.endMs - measured.startMs - ledgerMs : 0
  // An encoder that starts anew takes its time, and that time is in no segment.
  if (Math.abs(offMs) > jumpMs * Math.max(...tracks.map(({ stretches }) => stretches.length)))
    throw unplayable(
      `The clock of the recording jumps: it has ${Math.round(ledgerMs / 1000)} s, spread over ${Math.round(durationMs / 1000)} s.`,
    )
  const endsOffMs = video && audio ? audio.endMs - video.endMs : 0
  if (Math.abs(offMs) > 100 || Math.abs(endsOffMs) > noteMs) log.warn({ offMs, endsOffMs }, 'the recording’s times differ')
}

/** Beginning, middle and end of each stretch, which are one group of pictures each: a segment starts on a key frame. */
async function decodeEnds(work: Work, { tracks }: Source) {
  for (const { stretches, maps } of tracks)
    for (const { stretch, video, audio } of stretches) {
      const { length } = stretch.parts
      const pieces = []
      for (const index of new Set([0, Math.floor(length / 2), length - 1]))
        pieces.push({ file: await pieceOf(work, stretch, index), fromMs: 0 })
      await decodeSome(work, pieces, { video: maps.includes('v') && video, audio: maps.includes('a') && audio })
    }
}

/**
 * Can it be played, and is it as long as the ledger says? Only three segments of each stretch are read, so that it takes as long for
 * an hour as for a minute; the bytes of all of them are checked by the stages `original` and `camera`, which read them anyway.
 */
export async function probe(work: Work): Promise<Made[]> {
  try {
    const source = await examine(work)
    compareLengths(source, work)
    work.onProgress(0.5)
    await decodeEnds(work, source)
    const camera = await examineCamera(work, source.startMs)
    if (camera) await decodeEnds(work, camera)
  } catch (error) {
    work.signal.throwIfAborted()
    if (!(error instanceof FfmpegError) && !(error instanceof DeadlineError)) throw error
    work.log.warn({ err: error }, 'the recording cannot be decoded')
    // What cannot be decoded once cannot be decoded the next time, but a machine may be out of memory.
    throw new StageFailure('The recording is damaged: it cannot be decoded at its beginning, middle or end.', { isFinal: false })
  }
  return []
}

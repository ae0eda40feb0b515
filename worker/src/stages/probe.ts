import { examine, pieceOf, type Source } from '../examine.ts'
import { StageFailure } from '../failure.ts'
import { DeadlineError, FfmpegError } from '../ffmpeg/errors.ts'
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
function compareLengths({ video, audio, ledgerMs, durationMs }: Source, { log }: Work) {
  const measured = video ?? audio
  const offMs = measured ? measured.endMs - measured.startMs - ledgerMs : 0
  if (Math.abs(offMs) > jumpMs)
    throw unplayable(
      `The clock of the recording jumps: it has ${Math.round(ledgerMs / 1000)} s, spread over ${Math.round(durationMs / 1000)} s.`,
    )
  const endsOffMs = video && audio ? audio.endMs - video.endMs : 0
  if (Math.abs(offMs) > 100 || Math.abs(endsOffMs) > noteMs) log.warn({ offMs, endsOffMs }, 'the recording’s times differ')
}

/** Beginning, middle and end of each track, which are one group of pictures each: a segment starts on a key frame. */
async function decodeEnds(work: Work, { tracks }: Source) {
  for (const { ledger, maps } of tracks) {
    const indexes = new Set([0, Math.floor(ledger.parts.length / 2), ledger.parts.length - 1])
    const pieces = []
    for (const index of indexes) pieces.push({ file: await pieceOf(work, ledger, index), fromMs: 0 })
    const used = { video: maps.includes('v'), audio: maps.includes('a') }
    await decodeSome(work, pieces, used)
  }
}

/**
 * Can it be played, and is it as long as the ledger says? Only three segments of each track are read, so that it takes as long for
 * an hour as for a minute; the bytes of all of them are checked by the stage `original`, which reads them anyway.
 */
export async function probe(work: Work): Promise<Made[]> {
  try {
    const source = await examine(work)
    compareLengths(source, work)
    work.onProgress(0.5)
    await decodeEnds(work, source)
  } catch (error) {
    work.signal.throwIfAborted()
    if (!(error instanceof FfmpegError) && !(error instanceof DeadlineError)) throw error
    work.log.warn({ err: error }, 'the recording cannot be decoded')
    // What cannot be decoded once cannot be decoded the next time, but a machine may be out of memory.
    throw new StageFailure('The recording is damaged: it cannot be decoded at its beginning, middle or end.', { isFinal: false })
  }
  return []
}

import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CmafError } from '@meanwhile/shared/media/cmaf'
import { StageFailure } from '../failure.ts'
import { FfmpegError } from '../ffmpeg/errors.ts'
import { fractionOf } from '../ffmpeg/limits.ts'
import type { Work } from '../stages/stage.ts'
import { checkSegments } from './check.ts'
import type { Container } from './container.ts'
import { convert, encodedSize, mostBitsPerSecond } from './convert.ts'
import type { Plan } from './plan.ts'
import { type Segments, segmentsOf } from './segments.ts'

const mebibyte = 1024 ** 2
/** Others come first: who imports waits anyway. */
const niceness = 5

/** At most this large, and done within this time: what is more hangs, or is not what was planned. */
function limitsOf({ picture, durationMs }: Plan, sizeBytes: number) {
  const encoded = picture?.mode === 'encode' ? mostBitsPerSecond(encodedSize(picture.stream)) : 0
  const fileBytes = (encoded ? 0 : sizeBytes) * 1.2 + ((encoded * 1.2 + 400_000) / 8) * (durationMs / 1000) + 16 * mebibyte
  const deadlineMs = 60_000 + (sizeBytes / 1e6) * 10 + durationMs * (encoded ? 10 : 1)
  return { fileBytes, deadlineMs }
}

async function convertOnce(work: Work, upload: string, container: Container, plan: Plan): Promise<Segments> {
  const { dir, signal, ffmpeg, onProgress } = work
  const file = join(dir, 'converted.mp4')
  await rm(file, { force: true })
  const limits = limitsOf(plan, (await stat(upload)).size)
  await ffmpeg.run(convert(upload, container, plan, file, limits.fileBytes, ffmpeg), {
    ...{ dir, signal, niceness, ...limits },
    onLine: fractionOf(plan.durationMs, onProgress),
  })
  const segments = await segmentsOf(file)
  await checkSegments(work, segments, plan)
  return segments
}

/** Everything encoded anew: what a player cannot make sense of, ffmpeg's decoders often can. */
const encoding = ({ picture, sound, ...rest }: Plan): Plan => ({
  ...rest,
  picture: picture && { ...picture, mode: 'encode' },
  sound: sound && { ...sound, mode: 'encode', startMs: 0 },
})

const isAboutTheFile = (error: unknown) =>
  error instanceof FfmpegError || error instanceof CmafError || error instanceof StageFailure

/**
 * Makes segments of a file: by copying where that is planned, and by encoding where the copy turns out to be no good. `onProgress` of
 * `work` takes 0 to 1 of this part. @throws {StageFailure} when neither can be played
 */
export async function convertUpload(work: Work, upload: string, container: Container, plan: Plan): Promise<Segments> {
  try {
    return await convertOnce(work, upload, container, plan)
  } catch (error) {
    work.signal.throwIfAborted()
    const copies = plan.picture?.mode === 'copy' || plan.sound?.mode === 'copy'
    if (!copies || !isAboutTheFile(error)) throw error
    work.log.warn({ err: error }, 'a copy of an uploaded file is no good; it is encoded')
    return convertOnce(work, upload, container, encoding(plan))
  }
}

import { open, stat } from 'node:fs/promises'
import { StageFailure } from '../failure.ts'
import { FfmpegError } from '../ffmpeg/errors.ts'
import { fileBytes } from '../file-bytes.ts'
import type { Work } from '../stages/stage.ts'
import { type Container, findContainer } from './container.ts'
import { readPackets } from './packets.ts'
import { type Plan, planImport } from './plan.ts'
import { probeStreams } from './streams.ts'

async function containerOf(file: string): Promise<Container> {
  const handle = await open(file)
  try {
    return await findContainer(await fileBytes(handle))
  } finally {
    await handle.close()
  }
}

/** Why a file cannot be opened at all. */
function unreadable(error: FfmpegError): StageFailure {
  const codec = /Codec \(([\w-]+)\) not on whitelist/.exec(error.message)?.[1]
  if (codec)
    return new StageFailure(`It is coded as ${codec}, which cannot be imported. Save it with H.264 and AAC, then upload that.`, {
      isFinal: true,
    })
  const isCutOff = error.message.includes('moov atom not found')
  return new StageFailure(
    isCutOff
      ? 'The file was cut off: its index, which stands at its end, is missing. Upload it again from where it was made.'
      : 'The file cannot be read: it is damaged, or not what it seems to be.',
    { isFinal: true },
  )
}

/**
 * Finds out what a file is, by its bytes alone, and what becomes of it; `startMs` is where its picture begins on its own clock.
 * @throws {StageFailure} when it is nothing that can be imported
 */
export async function lookAtFile(work: Work, file: string): Promise<{ container: Container; plan: Plan; startMs: number }> {
  const container = await containerOf(file)
  try {
    const streams = await probeStreams(work, file, container)
    const packets = await readPackets(work, file, container, streams, (await stat(file)).size)
    return { container, plan: planImport(streams, packets), startMs: packets.picture?.startMs ?? 0 }
  } catch (error) {
    work.signal.throwIfAborted()
    throw error instanceof FfmpegError ? unreadable(error) : error
  }
}

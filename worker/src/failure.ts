import { ObjectNotFoundError, StorageFullError } from '@meanwhile/shared/platform/storage'
import { DeadlineError, FfmpegError } from './ffmpeg/errors.ts'

/** A stage cannot do its work. The message is for people; a final failure would happen again, so it is not tried again. */
export class StageFailure extends Error {
  readonly isFinal: boolean
  constructor(message: string, { isFinal }: { isFinal: boolean }) {
    super(message)
    this.name = 'StageFailure'
    this.isFinal = isFinal
  }
}

/** Another worker may own the stage by now, or its update is in the trash: nothing of this attempt may be published. */
export class LeaseLostError extends Error {
  constructor() {
    super('the stage is no longer this attempt’s')
    this.name = 'LeaseLostError'
  }
}

const isOutOfRoom = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))

/** Why a stage failed, in a sentence for its author: no paths, no stack. */
export function reasonFor(error: unknown): string {
  if (error instanceof StageFailure) return error.message
  if (error instanceof DeadlineError) return `It took longer than the ${error.seconds} seconds that it may take.`
  if (error instanceof StorageFullError) return 'There is no room left in the storage.'
  if (error instanceof ObjectNotFoundError) return 'A part of the recording is missing in the storage.'
  if (isOutOfRoom(error)) return 'There is no room left on the worker’s disk.'
  if (error instanceof FfmpegError)
    return `ffmpeg could not do it: ${error.lastLine.replace(/[.:\s]+$/, '') || 'it did not say why'}.`
  return 'Something unexpected went wrong; the worker’s log says what.'
}

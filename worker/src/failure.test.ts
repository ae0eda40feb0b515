import { ObjectNotFoundError, StorageFullError } from '@meanwhile/shared/platform/storage'
import { expect, test } from 'vitest'
import { reasonFor, StageFailure } from './failure.ts'
import { DeadlineError, FfmpegError } from './ffmpeg/errors.ts'

test.each([
  { error: new StageFailure('There is no picture.', { isFinal: true }), reason: 'There is no picture.' },
  { error: new DeadlineError(90), reason: 'It took longer than the 90 seconds that it may take.' },
  { error: new StorageFullError(null), reason: 'There is no room left in the storage.' },
  { error: new ObjectNotFoundError('videos/1'), reason: 'A part of the recording is missing in the storage.' },
  { error: Object.assign(new Error('write'), { code: 'ENOSPC' }), reason: 'There is no room left on the worker’s disk.' },
  { error: new FfmpegError('exited with 1', ['first', 'Invalid data']), reason: 'ffmpeg could not do it: Invalid data.' },
  { error: new Error('password=1'), reason: 'Something unexpected went wrong; the worker’s log says what.' },
])('people read: $reason', ({ error, reason }) => {
  expect(reasonFor(error)).toBe(reason)
})

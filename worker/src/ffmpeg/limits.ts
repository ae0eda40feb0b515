import type { Work } from '../stages/stage.ts'
import type { RunOptions } from './run.ts'

const mebibyte = 1024 ** 2

type Task = Pick<Work, 'dir' | 'signal'>

/** For a look into a file, or a decode of a few seconds. */
export const quickRun = ({ dir, signal }: Task): RunOptions => ({ dir, signal, deadlineMs: 60_000, fileBytes: mebibyte })

/** For copying: 30 s and 5 ms a megabyte (RELIABILITY rule 12). Its output may be a little larger than what it copies. */
export const copyRun = ({ dir, signal }: Task, sizeBytes: number): RunOptions => ({
  dir,
  signal,
  deadlineMs: 30_000 + (sizeBytes / 1e6) * 5,
  fileBytes: sizeBytes * 1.2 + 16 * mebibyte,
})

/** For decoding all of it: 30 s and three times its length. */
export const decodeRun = ({ dir, signal }: Task, durationMs: number, fileBytes: number): RunOptions => ({
  dir,
  signal,
  deadlineMs: 30_000 + durationMs * 3,
  fileBytes,
})

/** Turns the lines of `-progress` into a fraction of `durationMs`. */
export const fractionOf =
  (durationMs: number, onProgress: (fraction: number) => void) =>
  (line: string): void => {
    // Both are in microseconds: the second was misnamed and stayed so.
    const microseconds = Number(/^out_time_(?:us|ms)=(\d+)/.exec(line)?.[1] ?? Number.NaN)
    if (Number.isFinite(microseconds)) onProgress(Math.min(1, microseconds / 1000 / Math.max(1, durationMs)))
  }

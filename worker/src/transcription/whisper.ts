import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StageFailure } from '../failure.ts'
import { readWhisperReport } from './answer.ts'
import { ProgramError, runProgram } from './run-program.ts'
import type { Speech, Spoken, Transcriber } from './transcriber.ts'

/** `searchPath` is the PATH that the program is looked up in. */
export type Program = { path: string; model: string; searchPath: string | undefined }

/** A large model on a slow processor. */
const deadlineMs = (durationMs: number) => 300_000 + durationMs * 20

/** `whisper-cli`: JSON beside `-of`, the language found by itself. */
export const whisperArguments = (model: string, file: string, output: string): string[] => [
  ...['-m', model, '-f', file, '-l', 'auto'],
  ...['-oj', '-of', output, '-np'],
]

async function transcribe(program: Program, { file, durationMs, dir, signal, log }: Speech): Promise<Spoken> {
  const output = join(dir, 'whisper')
  const env = { PATH: program.searchPath, LC_ALL: 'C.UTF-8' }
  try {
    await runProgram(program.path, whisperArguments(program.model, file, output), {
      cwd: dir,
      env,
      signal,
      deadlineMs: deadlineMs(durationMs),
    })
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ProgramError)) throw error
    log.warn({ err: error }, 'whisper.cpp failed')
    throw error.isMissing
      ? new StageFailure('whisper.cpp is not where WHISPER_PATH says.', { isFinal: true })
      : new StageFailure('whisper.cpp could not do it; the worker’s log says why.', { isFinal: false })
  }
  const spoken = readWhisperReport(await readFile(`${output}.json`, 'utf8').catch(() => ''))
  if (!spoken) throw new StageFailure('whisper.cpp wrote no text that can be read.', { isFinal: false })
  return spoken
}

/** The program of whisper.cpp on this machine, which takes a sound of any length. */
export const whisperTranscriber = (program: Program): Transcriber => ({
  longestMs: null,
  transcribe: (speech) => transcribe(program, speech),
})

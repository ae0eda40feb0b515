import { type ChildProcess, execFile, type SpawnOptions } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { Log } from '@meanwhile/shared/platform/log'
import createCommand from 'fluent-ffmpeg'
import { watchOver } from '../watch-over.ts'
import { type Command, feedDescriptor } from './command.ts'
import { FfmpegError } from './errors.ts'
import { detectSandbox, type Limits, type Sandbox, sandboxed } from './sandbox.ts'

/** Where the programs are, and the PATH that their names are looked up in. */
export type Programs = { ffmpegPath: string; ffprobePath: string; searchPath: string | undefined }

/**
 * `dir` is the task's own folder; the child gets an empty one in it. `niceness` 0–19: how much it gives way to others. `feeds` are
 * what its piped inputs read; an error of theirs ends the run.
 */
export type RunOptions = Limits & {
  dir: string
  signal: AbortSignal
  niceness?: number
  feeds?: AsyncIterable<Uint8Array>[]
  onLine?: (line: string) => void
}

export type Ffmpeg = {
  /** The option for the frame timing of an output: ffmpeg < 5.1 knows `-fps_mode` by another name. */
  readonly timingOption: '-fps_mode' | '-vsync'
  /** Whether it can show HDR on a common screen; it was built without that in places. */
  readonly mapsTones: boolean
  /** Runs ffmpeg. `onLine` gets what `-progress` says. @throws {FfmpegError | DeadlineError} or the signal's reason */
  run(command: Command, options: RunOptions): Promise<void>
  /** Runs ffprobe; `onLine` gets what it prints. @throws as `run` */
  probe(args: string[], options: RunOptions): Promise<void>
}

type Ring = { get(): string; callback(onLine: (line: string) => void): void }
type FluentSpawnOptions = SpawnOptions & { captureStdout: boolean; stdoutLines: number; niceness: number }

/**
 * The inside of fluent-ffmpeg 2.1.3 (pinned; its repository is archived, so it stays as it is). Its public `run()` gives the child
 * neither a session of its own nor an environment without our secrets, kills only one process, and first starts ffmpeg four more
 * times to list its abilities. `_spawnFfmpeg` hands its options to `child_process.spawn`, so all of that can be said there.
 */
type Fluent = createCommand.FfmpegCommand & {
  _getArguments(): string[]
  _spawnFfmpeg(
    args: string[],
    options: FluentSpawnOptions,
    started: (child: ChildProcess, stdout: Ring, stderr: Ring) => void,
    ended: (error: Error | null | undefined, stdout?: Ring, stderr?: Ring) => void,
  ): void
}

const keptLines = 20

/** The argument list, as fluent-ffmpeg lays it out: inputs, filter, outputs. */
export function argumentsOf({ inputs, filter, outputs }: Command): string[] {
  const command = createCommand() as Fluent
  for (const { options, file } of inputs)
    command.input(file.startsWith('pipe:') ? file : `file:${file}`).inputOptions(...(options as [string, string]))
  if (filter) command.complexFilter(filter)
  for (const { options, file } of outputs) command.output(file).outputOptions(...(options as [string, string]))
  return command._getArguments()
}

/** Without folders and addresses in memory: people read the last line. */
const tidied = (text: string, dir: string) =>
  text
    .replaceAll(`file:${dir}/`, '')
    .replaceAll(`${dir}/`, '')
    .replaceAll(/^\[([^\]]+) @ 0x[0-9a-f]+\]/gm, '$1:')

const isClosedPipe = (error: unknown) =>
  error instanceof Error && 'code' in error && ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code))

/** Writes to a child what its piped inputs read. One that stops reading is no error: its exit code and its output say whether it is. */
function feedAll(child: ChildProcess, feeds: AsyncIterable<Uint8Array>[], onError: (error: unknown) => void) {
  for (const [number, feed] of feeds.entries())
    pipeline(feed, child.stdio[feedDescriptor(number)] as Writable).catch((error) => isClosedPipe(error) || onError(error))
}

async function spawnProgram(program: string, args: string[], sandbox: Sandbox, env: NodeJS.ProcessEnv, options: RunOptions) {
  options.signal.throwIfAborted()
  const cwd = await mkdtemp(join(options.dir, 'run-'))
  const [first, ...rest] = sandboxed(sandbox, options, program)
  const command = createCommand() as Fluent
  const { feeds = [] } = options
  const spawnOptions: FluentSpawnOptions = {
    cwd,
    env,
    detached: true,
    windowsHide: true,
    stdio: [feeds.length > 0 ? 'pipe' : 'ignore', 'pipe', 'pipe', ...feeds.slice(1).map(() => 'pipe' as const)],
    captureStdout: true,
    stdoutLines: keptLines,
    niceness: options.niceness ?? 0,
  }
  await new Promise<void>((resolve, reject) => {
    let watch: ReturnType<typeof watchOver> | undefined
    // The path is a setting of the whole module, and is read before anything else can run.
    command.setFfmpegPath(first)
    command._spawnFfmpeg(
      [...rest, ...args],
      spawnOptions,
      (child, stdout) => {
        watch = watchOver(child, options)
        feedAll(child, feeds, watch.end)
        if (options.onLine) stdout.callback(options.onLine)
      },
      (error, _stdout, stderr) => {
        watch?.stop()
        if (watch?.reason) return reject(watch.reason)
        if (!error) return resolve()
        const said = tidied(stderr?.get() ?? '', options.dir)
          .split('\n')
          .map((line) => line.trim())
        reject(new FfmpegError(tidied(error.message, options.dir), said.filter(Boolean).slice(-keptLines)))
      },
    )
  })
}

/** Looks once at what this ffmpeg and this system can do. @throws when ffmpeg does not start */
export async function openFfmpeg({ ffmpegPath, ffprobePath, searchPath }: Programs, log: Log): Promise<Ffmpeg> {
  // No secrets. One arena a thread would fill the address space that a child may have.
  const env = { PATH: searchPath, LC_ALL: 'C', MALLOC_ARENA_MAX: '4' }
  const { stdout: help } = await promisify(execFile)(ffmpegPath, ['-hide_banner', '-h', 'long'], { env, maxBuffer: 1024 ** 2 })
  const { stdout: filters } = await promisify(execFile)(ffmpegPath, ['-hide_banner', '-filters'], { env, maxBuffer: 1024 ** 2 })
  const sandbox = await detectSandbox(env)
  const missing = Object.entries(sandbox).flatMap(([name, isThere]) => (isThere ? [] : [name]))
  if (missing.length > 0) log.warn({ missing }, 'this system does not let ffmpeg run fully confined')
  return {
    mapsTones: / zscale /.test(filters) && / tonemap /.test(filters),
    timingOption: help.includes('-fps_mode') ? '-fps_mode' : '-vsync',
    run: (command, options) => spawnProgram(ffmpegPath, argumentsOf(command), sandbox, env, options),
    probe: (args, options) => spawnProgram(ffprobePath, args, sandbox, env, options),
  }
}

import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EnvError, type EnvFault } from '@meanwhile/shared/platform/env'

const run = promisify(execFile)
const oldestGood = 5
const advice = `install ffmpeg ${oldestGood} or newer`

/** The programs to use, ffmpeg's version as it calls it, and a sentence for the log when they are old. */
export type Ffmpeg = { ffmpegPath: string; ffprobePath: string; version: string; warning?: string }

type Choice = { FFMPEG_PATH?: string | undefined; FFPROBE_PATH?: string | undefined }
type Program = { path: string; version: string; isBundled: boolean }

/**
 * Finds ffmpeg and ffprobe: those that are named, else the system's, else the old ones that come with the packages.
 * @throws {EnvError} when a named one does not run
 */
export async function findFfmpeg(env: Choice): Promise<Ffmpeg> {
  const faults: EnvFault[] = []
  const ffmpeg = await find('ffmpeg', env.FFMPEG_PATH, undefined, faults)
  const ffprobe = await find('ffprobe', env.FFPROBE_PATH, env.FFMPEG_PATH, faults)
  if (!ffmpeg || !ffprobe) throw new EnvError(faults)
  const found = { ffmpegPath: ffmpeg.path, ffprobePath: ffprobe.path, version: ffmpeg.version }
  const warning = warningFor(ffmpeg)
  return warning ? { ...found, warning } : found
}

async function find(name: 'ffmpeg' | 'ffprobe', named: string | undefined, sibling: string | undefined, faults: EnvFault[]) {
  const variable = `${name.toUpperCase()}_PATH`
  if (named) {
    const program = await tryProgram(named)
    if (!program) faults.push({ name: variable, message: `${named} is not an ${name} that runs: correct it, or leave it unset.` })
    return program
  }
  const beside = sibling?.includes('/') && basename(sibling).startsWith('ffmpeg') ? join(dirname(sibling), name) : undefined
  const program = (beside && (await tryProgram(beside))) || (await tryProgram(name)) || (await tryBundled(name))
  if (!program) faults.push({ name: variable, message: `is not set and this system has no ${name}: ${advice}.` })
  return program
}

async function tryProgram(path: string, isBundled = false): Promise<Program | undefined> {
  const shown = await run(path, ['-version'], { timeout: 10_000 }).catch(() => undefined)
  const version = shown?.stdout.match(/^ff\w+ version (\S+)/)?.[1]
  return version ? { path, version, isBundled } : undefined
}

async function tryBundled(name: 'ffmpeg' | 'ffprobe'): Promise<Program | undefined> {
  try {
    // Loaded only here: these packages throw on a platform that they have no program for.
    const { path } = createRequire(import.meta.url)(`@${name}-installer/${name}`) as { path: string }
    await chmod(path, 0o755).catch(() => undefined)
    return await tryProgram(path, true)
  } catch {
    return undefined
  }
}

function warningFor({ version, isBundled }: Program): string | undefined {
  if (isBundled) return `This system has no ffmpeg; the bundled one is old (${version.replace(/-https?:.*/, '')}): ${advice}.`
  const major = Number.parseInt(version.replace(/^n/, ''), 10)
  // Builds from ffmpeg's repository are called N-… or git-… and are newer than any release that matters here.
  return major < oldestGood ? `This system's ffmpeg is old (${version}): ${advice}.` : undefined
}

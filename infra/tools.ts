import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { findFfmpeg } from './ffmpeg.ts'

const run = promisify(execFile)

type Tool = {
  name: string
  /** Says where it is, in the environment and to the tests; empty when there is none. */
  variable: string
  programs: string[]
  debianPackage: string
}

const tools: Tool[] = [
  {
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    debianPackage: 'chromium',
  },
  { name: 'Redis', variable: 'REDIS_SERVER_PATH', programs: ['redis-server'], debianPackage: 'redis-server' },
  { name: 'ffmpeg', variable: 'FFMPEG_PATH', programs: ['ffmpeg'], debianPackage: 'ffmpeg' },
  { name: 'Tesseract', variable: 'TESSERACT_PATH', programs: ['tesseract'], debianPackage: 'tesseract-ocr' },
  { name: 'ffprobe', variable: 'FFPROBE_PATH', programs: ['ffprobe'], debianPackage: 'ffmpeg' },
]

/**
 * Finds what the tests and benchmarks need, installs what is missing where that is possible, and sets a variable
 * of the environment for each.
 * @returns a sentence for each that is missing: its tests are skipped
 */
export async function provideTools(): Promise<string[]> {
  let missing = await setVariables()
  const reason = missing.length > 0 ? await installFromDebian(missing) : undefined
  if (missing.length > 0) missing = await setVariables()
  return (await withBundledFfmpeg(missing)).map(
    ({ name }) => `${name} is missing${reason ? ` and ${reason}` : ''}: the tests that need it are skipped.`,
  )
}

async function setVariables(): Promise<Tool[]> {
  const missing: Tool[] = []
  for (const tool of tools) {
    const named = process.env[tool.variable]
    const path = await firstThatRuns(named ? [named] : tool.programs)
    process.env[tool.variable] = path ?? ''
    if (!path) missing.push(tool)
  }
  return missing
}

async function firstThatRuns(programs: string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const program of programs) {
    for (const path of program.includes('/') ? [program] : folders.map((folder) => join(folder, program))) {
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isThere) return path
    }
  }
  return undefined
}

/** @returns why nothing could be installed */
async function installFromDebian(missing: Tool[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root could install it'
  if (!(await firstThatRuns(['apt-get']))) return 'this system has no apt-get to install it with'
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))]
  process.stdout.write(`Installing ${packages.join(', ')} for the tests…\n`)
  // RUNLEVEL: the tests start a Redis of their own; the package need not.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const options = { env, maxBuffer: 64 * 1024 * 1024 }
  const install = () => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  try {
    await install().catch(async () => {
      await run('apt-get', ['update', '-qq'], options)
      await install()
    })
    return undefined
  } catch (error) {
    return `could not be installed (${lastLine((error as { stderr?: string }).stderr ?? String(error))})`
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/** The old ffmpeg of the packages is better than none. */
async function withBundledFfmpeg(missing: Tool[]): Promise<Tool[]> {
  if (!missing.some(({ variable }) => variable.startsWith('FF'))) return missing
  const found = await findFfmpeg({}).catch(() => undefined)
  if (!found) return missing
  process.env.FFMPEG_PATH = found.ffmpegPath
  process.env.FFPROBE_PATH = found.ffprobePath
  if (found.warning) process.stdout.write(`${found.warning}\n`)
  return missing.filter(({ variable }) => !variable.startsWith('FF'))
}

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file that ffmpeg makes of `args`; its name says what ffmpeg is to write. */
export async function makeFile(name: string, ...args: string[]): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-file-'))
  try {
    await run(process.env.FFMPEG_PATH || 'ffmpeg', ['-v', 'error', '-nostdin', ...args, name], { cwd: dir })
    return await readFile(join(dir, name))
  } finally {
    await rm(dir, { recursive: true })
  }
}

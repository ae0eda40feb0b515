import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes a folder the place for temporary files of this process and of all that it starts.
 * @returns the function that removes it with all that is in it; it is removed too when this process exits
 */
export async function useTemporaryFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'meanwhile-run-'))
  // As root, PostgreSQL's user has to pass through it.
  await chmod(folder, 0o711)
  process.env.TMPDIR = folder
  const options = { recursive: true, force: true, maxRetries: 5 }
  process.on('exit', () => rmSync(folder, options))
  return () => rm(folder, options)
}

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LockedError, takeLock } from './lock.ts'

const lockPollMs = 200

/** `workFolder` is for what is unfinished: on the same disk as `folder`, and of no other use. */
type Build = {
  folder: string
  workFolder: string
  lockFile: string
  /** Names the sources; the same text means that nothing changed. */
  fingerprint: () => Promise<string>
  make: (into: string) => Promise<unknown>
}

/**
 * Makes a folder, unless it was made from the same sources. It appears whole or not at all, whoever reads it meanwhile;
 * of several processes that ask at once, one builds and the others wait for it.
 * @returns whether this call had to build
 */
export async function buildOnce({ folder, workFolder, lockFile, fingerprint, make }: Build): Promise<boolean> {
  const stampIn = (built: string) => join(built, '.built-from')
  const isBuiltFrom = async (sources: string) => (await readFile(stampIn(folder), 'utf8').catch(() => '')) === sources
  if (await isBuiltFrom(await fingerprint())) return false
  const unlock = await waitForLock(lockFile)
  try {
    const sources = await fingerprint()
    if (await isBuiltFrom(sources)) return false
    await rm(workFolder, { recursive: true, force: true })
    // Both are called "dist", so that git and the linter overlook what a killed build leaves.
    const [made, replaced] = [join(workFolder, 'new/dist'), join(workFolder, 'old/dist')]
    for (const parent of [made, join(workFolder, 'old')]) await mkdir(parent, { recursive: true })
    await make(made)
    await writeFile(stampIn(made), sources)
    await rename(folder, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(made, folder)
    return true
  } finally {
    await rm(workFolder, { recursive: true, force: true })
    await unlock()
  }
}

async function waitForLock(path: string) {
  for (;;) {
    try {
      return await takeLock(path)
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
    }
    await sleep(lockPollMs)
  }
}

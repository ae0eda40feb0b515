import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { startTimeOf } from './processes.ts'

/** Thrown when a living process holds the lock. */
export class LockedError extends Error {
  readonly pid: number
  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`)
    this.name = 'LockedError'
    this.pid = pid
  }
}

/** What a lock file says: the process that holds it. A half-written or foreign file names nobody. */
async function holderOf(path: string): Promise<number | undefined> {
  const [pid, startTime] = (await readFile(path, 'utf8').catch(() => '')).trim().split('\n')
  if (!pid || !startTime) return undefined
  return (await startTimeOf(Number(pid))) === startTime ? Number(pid) : undefined
}

/**
 * Takes a lock that ends with its process, however it ends: a lock left by a killed process is taken over.
 * @returns the function that releases it
 * @throws {LockedError} when a living process holds it
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const own = `${process.pid}\n${await startTimeOf(process.pid)}\n`
  const written = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(written, own, { mode: 0o600 })
  try {
    // link() fails when the name exists, so that of several processes one wins, and the file is never seen half written.
    while (!(await linked(written, path))) {
      const pid = await holderOf(path)
      if (pid !== undefined) throw new LockedError(path, pid)
      await takeAway(path, `${written}.stale`)
    }
  } finally {
    await rm(written, { force: true })
  }
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true })
  }
}

async function linked(from: string, to: string) {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Of two processes that find the same stale lock, the slower could remove the faster one's new lock: so it is looked at again. */
async function takeAway(path: string, aside: string) {
  await rename(path, aside).catch(() => undefined)
  if ((await holderOf(aside)) !== undefined) await linked(aside, path)
  await rm(aside, { force: true })
}

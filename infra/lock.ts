import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTimeOf } from './processes.ts'

const pollMs = 10

/** Thrown when a living process holds the lock. */
export class LockedError extends Error {
  readonly pid: number
  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`)
    this.name = 'LockedError'
    this.pid = pid
  }
}

/** The process that a lock's text names, where it lives. A foreign text names nobody. */
async function holderIn(text: string): Promise<number | undefined> {
  const [pid, startTime] = text.trim().split('\n')
  if (!pid || !startTime) return undefined
  return (await startTimeOf(Number(pid))) === startTime ? Number(pid) : undefined
}

const textOf = (path: string) => readFile(path, 'utf8').catch(() => null)

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
      const pid = await holderIn((await textOf(path)) ?? '')
      if (pid !== undefined) throw new LockedError(path, pid)
      await takeAway(path)
    }
  } finally {
    await rm(written, { force: true })
  }
  return async () => {
    if ((await textOf(path)) === own) await rm(path, { force: true })
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

/** Of several that find the same stale lock one may take it away at a time: the slower would remove the faster one's new lock. */
async function takeAway(path: string) {
  const taking = await takeLock(`${path}.stale`).catch(async (error) => {
    if (!(error instanceof LockedError)) throw error
    await sleep(pollMs)
    return null
  })
  if (!taking) return
  const text = await textOf(path)
  if (text !== null && (await holderIn(text)) === undefined) await rm(path, { force: true })
  await taking()
}

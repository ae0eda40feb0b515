import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A pid alone is given again: in a container every worker has the same one. */
const processId = randomUUID().slice(0, 8)
const own = `meanwhile-${process.pid}-${processId}-`
const anyWorkers = /^meanwhile-(\d+)-([0-9a-f]{8})-/

/** Runs `work` with a folder of its own that only this user can enter, and removes it whatever happens. */
export async function withScratch<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), own))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the folders of workers that were killed. */
export async function sweepScratch(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid, id] = anyWorkers.exec(name) ?? []
    if (pid === undefined || (Number(pid) === process.pid ? id === processId : isAlive(Number(pid)))) continue
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {})
  }
}

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasEnded, signal, startTimeOf } from './processes.ts'

const folderIn = (dataDir: string) => join(dataDir, 'processes')

/** Writes down a process that the launcher started, so that the next start finds it when the launcher is killed. */
export async function remember(dataDir: string, name: string, pid: number) {
  await mkdir(folderIn(dataDir), { recursive: true })
  await writeFile(join(folderIn(dataDir), name), `${pid}\n${await startTimeOf(pid)}\n`)
}

export const forgetAll = (dataDir: string) => rm(folderIn(dataDir), { recursive: true, force: true })

/** Ends what a killed launcher left running on this data folder, which still holds its port and its jobs. */
export async function endLeftovers(dataDir: string) {
  const names = await readdir(folderIn(dataDir)).catch(() => [])
  await Promise.all(names.map((name) => endLeftover(join(folderIn(dataDir), name))))
  await forgetAll(dataDir)
}

async function endLeftover(path: string) {
  const [id, startTime] = (await readFile(path, 'utf8')).trim().split('\n')
  const pid = Number(id)
  if (!pid || (await startTimeOf(pid)) !== startTime) return
  signal(pid, 'SIGTERM')
  if (await hasEnded(pid, 10_000)) return
  signal(-pid, 'SIGKILL')
  await hasEnded(pid, 5_000)
}

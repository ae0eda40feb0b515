import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startTimeOf } from '../processes.ts'
import { stopServer } from './server.ts'

const run = promisify(execFile)

/**
 * Makes way for a new server on a cluster that a killed launcher left behind: stops the server that still runs on it,
 * waits for the last processes of one that was killed, and removes a pid file whose number now belongs to another program.
 */
export async function clearOrphan(folder: string) {
  const pidFile = join(folder, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  if (!(pid > 0)) return
  if (await worksIn(pid, folder)) await stopServer(pid)
  await lastProcessesEnd(folder)
  await rm(pidFile, { force: true })
}

/** A server and all its processes have the cluster as their working folder. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === folder
  if ((await startTimeOf(pid)) === undefined) return false
  const listed = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined)
  return listed?.stdout.includes(folder) ?? false
}

/** They notice the death of their server by themselves, within milliseconds; until then they may write. */
async function lastProcessesEnd(folder: string) {
  if (process.platform !== 'linux') return
  for (const deadline = Date.now() + 10_000; ; await sleep(50)) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const working = await Promise.all(pids.map((pid) => worksIn(Number(pid), folder)))
    if (!working.includes(true)) return
    if (Date.now() > deadline) throw new Error(`Processes of an earlier PostgreSQL still work in ${folder}: end them first.`)
  }
}

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * When a running process was started, as text that can only be compared; undefined when it has ended.
 * With the pid it names one process for good: a pid alone is given to another process later.
 * A zombie (ended, and its parent has not asked for its exit code) counts as ended.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    const listed = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => undefined)
    const [state, ...started] = listed?.stdout.trim().split(/\s+/) ?? []
    return state && !state.startsWith('Z') ? started.join(' ') : undefined
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // proc(5): the second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const [state, startTime] = [fields[0], fields[19]]
  return state === undefined || state === 'Z' || state === 'X' ? undefined : startTime
}

/** False when the process is still there after `timeoutMs`. */
export async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while ((await startTimeOf(pid)) !== undefined) {
    if (Date.now() >= deadline) return false
    await sleep(50)
  }
  return true
}

/** Sends a signal; a process that has ended already is no error. */
export function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

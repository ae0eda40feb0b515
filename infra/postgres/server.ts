import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Log } from '@meanwhile/shared/platform/log'
import { hasEnded, signal } from '../processes.ts'
import { binariesFor } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { endingWithParent, spawnProgram } from './program.ts'

/** A running PostgreSQL. `ended` resolves when it ends, whoever ended it. */
export type Server = { pid: number; ended: Promise<unknown>; stop: () => Promise<void> }

const settings = (port: number) => [
  `port=${port}`,
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'timezone=UTC',
  // Disks of today have no heads to move: else tables are read from end to end where an index leads to the row.
  'random_page_cost=1.1',
]

/**
 * Starts PostgreSQL on a cluster and resolves when it accepts connections.
 * It has a process group of its own, so that Ctrl-C in a terminal leaves its end to the launcher.
 * @throws {Error} with the last lines it wrote when it ends before that
 */
export async function startServer(cluster: Cluster, port: number, log: Log): Promise<Server> {
  const program = join(await binariesFor(cluster.user), 'bin/postgres')
  const args = ['-D', cluster.folder, ...settings(port).flatMap((setting) => ['-c', setting])]
  const [first, ...rest] = [...(await endingWithParent()), program, ...args] as [string, ...string[]]
  const child = spawnProgram(first, rest, cluster.user, { detached: true })
  const ended = once(child, 'close')
  const state = { isStopping: false }
  const isReady = readOutput(child, state, log)
  const failure = await Promise.race([isReady, ended.then(() => isReady)])
  if (failure) throw new Error(`PostgreSQL did not start:\n${failure}`)
  const pid = child.pid as number
  const stop = async () => {
    state.isStopping = true
    if (child.exitCode === null && child.signalCode === null) await stopServer(pid)
    await ended
  }
  return { pid, ended, stop }
}

/** Logs each line; resolves with nothing once the server is ready, or with its last lines when its output ends before that. */
function readOutput(child: ChildProcess, state: { isStopping: boolean }, log: Log): Promise<string | undefined> {
  const last: string[] = []
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream })
    lines.on('line', (line) => {
      if (line.includes('FATAL') && !state.isStopping) log.error(line)
      else log.debug(line)
      if (last.push(line) > 12) last.shift()
      if (line.includes('database system is ready to accept connections')) resolve(undefined)
    })
    lines.on('close', () => resolve(last.join('\n')))
  })
}

/** Fast shutdown (clients are cut off, everything is written), then immediate, then by force: the next start recovers. */
export async function stopServer(pid: number) {
  signal(pid, 'SIGINT')
  if (await hasEnded(pid, 10_000)) return
  signal(pid, 'SIGQUIT')
  if (await hasEnded(pid, 5_000)) return
  signal(pid, 'SIGKILL')
  await hasEnded(pid, 5_000)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

type Options = { databaseUrl: string; dataDir: string; port: number; publicUrl: string }

/** The API as a process of its own, so that it can be killed and started again on the same database, folder and port. */
export async function startApiProcess({ databaseUrl, dataDir, port, publicUrl }: Options) {
  const variables = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    AUTH_SECRET: 'a'.repeat(43),
    MEDIA_SECRET: 'm'.repeat(43),
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
  }
  let child: ChildProcess

  async function start() {
    child = spawn(process.execPath, ['--import', 'tsx', main], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('the API ended')))])
  }
  async function end(signal: 'SIGKILL' | 'SIGTERM') {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  await start()
  return {
    /** Resolves when it listens again. */
    start,
    /** Without any warning, as by the system when memory is short. */
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    /** What it holds in memory, in bytes. */
    async residentBytes() {
      return residentBytes(Number(child.pid))
    },
  }
}
export type ApiProcess = Awaited<ReturnType<typeof startApiProcess>>

/** What a process holds in memory, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

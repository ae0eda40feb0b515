import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@meanwhile/infra/free-port'
import { afterAll } from 'vitest'

/** Where redis-server is, as `npm test` found it; empty when there is none. */
export const redisServerPath = process.env.REDIS_SERVER_PATH ?? '/usr/bin/redis-server'

async function untilReady(child: ChildProcess) {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    if (text.includes('Ready to accept connections')) return
  }
  throw new Error(`redis-server ended: ${text}`)
}

/** A real Redis of this test file alone. */
export async function startRedis() {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-redis-'))
  const port = await freePort()
  const child = spawn(redisServerPath, [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ])
  await untilReady(child)
  child.stdout.resume()
  afterAll(async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
    await rm(dir, { recursive: true, force: true })
  })
  return { url: `redis://127.0.0.1:${port}` }
}

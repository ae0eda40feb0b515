import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@meanwhile/infra/free-port'
import { startPostgres } from '@meanwhile/infra/postgres'
import { createLog } from '@meanwhile/shared/platform/log'
import { type Cut, segmentForm } from '../support/cut.ts'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
/** Of `/proc/<pid>/stat`, on every Linux of today. */
const ticksPerSecond = 100

/** The API as a process of its own, as operators run it, with one account. */
export async function startSite() {
  const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-bench-'))
  // As root, PostgreSQL's own user has to pass through it.
  await chmod(dataDir, 0o711)
  const postgres = await startPostgres({ dataDir, log: createLog('silent', 'bench') })
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const variables = {
    DATABASE_URL: postgres.url,
    DATA_DIR: dataDir,
    PORT: String(port),
    AUTH_SECRET: 'a'.repeat(43),
    MEDIA_SECRET: 'm'.repeat(43),
    LOG_LEVEL: 'warn',
    // A benchmark before this one may have built pages, which sets it.
    NODE_ENV: 'development',
  }
  const server = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const failed = once(server, 'exit').then(() => Promise.reject(new Error('the API did not start: see above')))
  await Promise.race([once(server, 'message'), failed])
  const signedUp = await fetch(`${origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }),
  })
  const cookie = signedUp.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')

  const call = async (method: string, path: string, body?: object) => {
    const headers = { cookie, ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(origin + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  return {
    origin,
    cookie,
    dataDir,
    databaseUrl: postgres.url,
    call,
    async send(videoId: string, cut: Cut, number: number) {
      const { payload, headers } = await segmentForm(cut, number)
      const answer = await fetch(`${origin}/api/videos/${videoId}/tracks/main/segments/${number}`, {
        method: 'PUT',
        headers: { ...headers, cookie },
        body: new Uint8Array(payload),
      })
      if (!answer.ok) throw new Error(`segment ${number} answered ${answer.status}`)
      await answer.arrayBuffer()
    },
    /** Processor time of the API so far, in seconds. */
    async cpuSeconds() {
      const fields = (await readFile(`/proc/${server.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
    },
    async stop() {
      server.kill('SIGTERM')
      await once(server, 'exit')
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
export type Site = Awaited<ReturnType<typeof startSite>>

/** Sends what a recorder has sent before Stop: all but the last segment. Resolves to what is left to do. */
export async function sendAllButLast(site: Site, cut: Cut) {
  const { id, videoId } = await site.call('POST', '/api/updates', { title: 'Bench', video: { tracks: ['main'] } })
  const last = cut.numbers.length - 1
  for (let number = 0; number < last; number++) await site.send(videoId, cut, number)
  return { id: id as string, videoId: videoId as string, last }
}

import type { AddressInfo } from 'node:net'
import { freePort } from '@meanwhile/infra/free-port'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { transcriptionOf } from '@meanwhile/shared/platform/transcription'
import { type StageWorker, startWorker } from '@meanwhile/worker/worker'
import { afterAll } from 'vitest'
import { startApp } from './app.ts'

/** The app on a port of its own, as a browser sees it. The worker is not there until it is started. */
export async function startSite(variables: Record<string, string> = {}) {
  const port = await freePort()
  const started = await startApp({ env: { ...variables, PORT: String(port), PUBLIC_URL: `http://localhost:${port}` } })
  await started.app.listen({ port, host: 'localhost' })
  const { port: listening } = started.app.server.address() as AddressInfo
  const { db, storage, env } = started

  let worker: StageWorker | undefined
  afterAll(() => worker?.close())
  return {
    ...started,
    origin: `http://localhost:${listening}`,
    async startWorker(transcription = transcriptionOf(env)) {
      await worker?.close()
      const programs = {
        ffmpegPath: process.env.FFMPEG_PATH || 'ffmpeg',
        ffprobePath: process.env.FFPROBE_PATH || 'ffprobe',
        searchPath: process.env.PATH,
      }
      worker = await startWorker({
        db,
        storage,
        log: createLog('silent', 'worker'),
        home: env,
        programs,
        transcription,
        mailServer: mailServerOf(env),
        concurrency: 2,
      })
    },
  }
}

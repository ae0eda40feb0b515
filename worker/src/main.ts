import { connect } from '@meanwhile/shared/db/client'
import { migrate } from '@meanwhile/shared/db/migrate'
import { EnvError, readRunningEnv } from '@meanwhile/shared/platform/env'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { openStorage } from '@meanwhile/shared/platform/open-storage'
import { transcriptionOf } from '@meanwhile/shared/platform/transcription'
import { startWorker } from './worker.ts'

function readEnvOrExit() {
  try {
    return readRunningEnv(process.env)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const env = readEnvOrExit()
const log = createLog(env.LOG_LEVEL, 'worker')
const { db, sql } = connect(env.DATABASE_URL, { max: env.WORKER_CONCURRENCY * 2 + 3 })
await migrate(env.DATABASE_URL)
const worker = await startWorker({
  db,
  log,
  storage: await openStorage(env),
  home: env,
  concurrency: env.WORKER_CONCURRENCY,
  abandonedAfterMinutes: env.ABANDONED_AFTER_MINUTES,
  holeAfterHours: env.HOLE_AFTER_HOURS,
  trashDays: env.TRASH_DAYS,
  quotas: env,
  transcription: transcriptionOf(env),
  mailServer: mailServerOf(env),
  site: mailSiteOf(env),
  webhooks: { authSecret: env.AUTH_SECRET, rules: { allowPrivate: env.WEBHOOKS_PRIVATE_NETWORKS === 'allow' } },
  programs: {
    ffmpegPath: env.FFMPEG_PATH ?? 'ffmpeg',
    ffprobePath: env.FFPROBE_PATH ?? 'ffprobe',
    searchPath: process.env.PATH,
  },
})

let isClosing = false
async function close(reason: string) {
  if (isClosing) return
  isClosing = true
  log.info({ reason }, 'the worker stops')
  await worker.close()
  await sql.end({ timeout: 5 })
  process.exit(0)
}
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => void close(name))
// The launcher that started it is gone.
process.on('disconnect', () => void close('disconnect'))
process.send?.('ready')

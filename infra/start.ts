import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Env, EnvError } from '@meanwhile/shared/platform/env'
import { createLog, type Log } from '@meanwhile/shared/platform/log'
import { buildWeb } from './build-web.ts'
import { keepPostgres } from './keep-postgres.ts'
import { forgetAll, remember } from './leftovers.ts'
import { type Preflight, preflight } from './preflight.ts'
import { root } from './root.ts'
import { readSecrets } from './secrets.ts'
import { onStopRequest, type Shutdown } from './shutdown.ts'
import { type Supervised, supervise } from './supervise.ts'

/** Runs all of Meanwhile on this machine until it is told to stop; ends the process. */
export async function start() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const checked = await preflight(process.env).catch((error) => {
    if (!(error instanceof EnvError)) throw error
    refuse(error.message)
    process.exit(1)
  })
  const log = createLog(checked.env.LOG_LEVEL, 'launcher')
  const shutdown = onStopRequest(log)
  shutdown.lock(checked.unlock)
  try {
    await run(checked, log, shutdown)
  } catch (error) {
    if (shutdown.isRequested()) return
    refuse((error as Error).message)
    await shutdown.end(1)
  }
}

/** What keeps Meanwhile from starting is for the person who started it, not for the log. */
const refuse = (message: string) => void process.stderr.write(`Meanwhile cannot start:\n${message.replace(/^/gm, '  ')}\n`)

async function run({ env, ffmpeg }: Preflight, log: Log, shutdown: Shutdown) {
  if (ffmpeg.warning) log.warn(ffmpeg.warning)
  const [databaseUrl, secrets] = await Promise.all([
    openDatabase(env, log, shutdown),
    readSecrets(env.DATA_DIR, env),
    buildWeb().then((wasBuilt) => wasBuilt && log.info('The web app is built')),
  ])
  if (shutdown.isRequested()) return
  const childEnv = {
    ...process.env,
    ...secrets,
    DATABASE_URL: databaseUrl,
    DATA_DIR: env.DATA_DIR,
    FFMPEG_PATH: ffmpeg.ffmpegPath,
    FFPROBE_PATH: ffmpeg.ffprobePath,
  }
  const children = ['server', 'worker'].map((name) =>
    supervise({
      name,
      script: `${name}/src/main.ts`,
      isVital: name === 'server',
      env: childEnv,
      log,
      onStart: (pid) => remember(env.DATA_DIR, name, pid),
    }),
  ) as [Supervised, Supervised]
  shutdown.programs(
    () => stopAll(children, env.DATA_DIR),
    () => {
      for (const { hurry } of children) hurry()
    },
  )
  await children[0].ready
  process.stdout.write(`Meanwhile is ready: ${env.PUBLIC_URL}\n`)
}

async function stopAll(children: Supervised[], dataDir: string) {
  await Promise.all(children.map(({ stop }) => stop()))
  await forgetAll(dataDir)
}

/** The operator's database, or the embedded one; a stop that is asked for while that starts waits for it. */
async function openDatabase(env: Env, log: Log, shutdown: Shutdown): Promise<string> {
  if (env.DATABASE_URL) return env.DATABASE_URL
  const opening = keepPostgres(env.DATA_DIR, log)
  shutdown.database(async () => (await opening.catch(() => undefined))?.stop())
  const { url, lost } = await opening
  lost.catch((error: Error) => {
    log.error(error.message)
    void shutdown.end(1)
  })
  return url
}

import { connect } from '@meanwhile/shared/db/client'
import { migrate } from '@meanwhile/shared/db/migrate'
import { EnvError, readRunningEnv } from '@meanwhile/shared/platform/env'
import { createLog } from '@meanwhile/shared/platform/log'
import { openStorage } from '@meanwhile/shared/platform/open-storage'
import { openStageQueue } from '@meanwhile/shared/platform/queue'
import { buildApp } from './app.ts'

async function main() {
  const env = readRunningEnv(process.env)
  const log = createLog(env.LOG_LEVEL, 'server')
  await migrate(env.DATABASE_URL)
  const { db, sql } = connect(env.DATABASE_URL, { max: 20 })
  const storage = await openStorage(env)
  const queue = openStageQueue(env, log)
  const app = await buildApp({ env, db, sql, storage, queue, log })

  let closing: Promise<void> | undefined
  const close = async () => {
    await app.close()
    await queue.close()
    await sql.end({ timeout: 5 })
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(signal, () => (closing ??= close()))

  await app.listen({ host: env.HOST, port: env.PORT })
  process.send?.('ready')
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The server cannot start: ${error instanceof EnvError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})

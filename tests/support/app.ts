import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@meanwhile/server/app'
import type { Db, Sql } from '@meanwhile/shared/db/client'
import { readRunningEnv } from '@meanwhile/shared/platform/env'
import { createLog } from '@meanwhile/shared/platform/log'
import { openStageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { afterAll } from 'vitest'
import { cloneDatabase } from './database.ts'
import { givenOn } from './given.ts'

type Options = {
  env?: Record<string, string>
  storage?: (dataDir: string, db: Db) => Promise<Storage>
  /** A database of the caller's own, migrated, which the caller closes. */
  database?: { url: string; db: Db; sql: Sql }
  /** Gets each line of the log. */
  logTo?: { write(line: string): void }
}

/** The real app on a database and a folder of its own. */
export async function startApp({ env: variables = {}, storage: openStorage, database, logTo }: Options = {}) {
  const { url, db, sql } = database ?? (await cloneDatabase())
  const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-app-'))
  const env = readRunningEnv({
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    AUTH_SECRET: 'a'.repeat(43),
    MEDIA_SECRET: 'm'.repeat(43),
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...variables,
  })
  const log = createLog(env.LOG_LEVEL, 'test', logTo)
  const storage = openStorage ? await openStorage(dataDir, db) : await diskStorage(env.MEDIA_DIR)
  const queue = openStageQueue(env, log)
  const app = await buildApp({ env, db, sql, storage, queue, log })
  afterAll(async () => {
    await app.close()
    await queue.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return { app, env, db, sql, storage, queue, ...givenOn(app) }
}
export type TestApp = Awaited<ReturnType<typeof startApp>>

import { existsSync } from 'node:fs'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Env, readEnv } from '@meanwhile/shared/platform/env'
import { createLog } from '@meanwhile/shared/platform/log'
import { openStorage } from '@meanwhile/shared/platform/open-storage'
import type { Storage } from '@meanwhile/shared/platform/storage'
import postgres, { type Sql } from 'postgres'
import { LockedError, takeLock } from '../lock.ts'
import { makeFolder } from '../make-folder.ts'
import { openCluster, superuser } from '../postgres/cluster.ts'
import { startPostgres } from '../postgres.ts'
import { root } from '../root.ts'

/** Database and storage of this installation, for a command that an operator runs. */
export type House = { env: Env; sql: Sql; databaseUrl: string; storage: Storage; close(): Promise<void> }

/** Where the embedded PostgreSQL of a Meanwhile that is running answers. */
async function runningUrl(dataDir: string): Promise<string> {
  const { folder, password } = await openCluster(dataDir)
  // The fourth line of that file is the port (PostgreSQL, "Database File Layout").
  const port = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[3])
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/meanwhile`
}

/** @param whileRunning whether it may be used beside a Meanwhile that runs on it @throws {Error} with a sentence for the operator */
export async function openHouse({
  whileRunning,
  variables,
}: {
  whileRunning: boolean
  variables: NodeJS.ProcessEnv
}): Promise<House> {
  const env = readEnv(variables)
  const isNew = await makeFolder(env.DATA_DIR, 0o700)
  // As root, PostgreSQL's user has to pass through it; the secrets and the media in it have modes of their own.
  if (isNew && process.getuid?.() === 0) await chmod(env.DATA_DIR, 0o711)
  const unlock = await takeLock(join(env.DATA_DIR, 'meanwhile.lock')).catch((error) => {
    if (!(error instanceof LockedError)) throw error
    if (!whileRunning) throw new Error(`Meanwhile is running on ${env.DATA_DIR} (process ${error.pid}): stop it first.`)
    return undefined
  })
  const started =
    env.DATABASE_URL || !unlock ? undefined : await startPostgres({ dataDir: env.DATA_DIR, log: createLog('silent', 'backup') })
  const databaseUrl = env.DATABASE_URL ?? started?.url ?? (await runningUrl(env.DATA_DIR))
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined })
  return {
    ...{ env, sql, databaseUrl, storage: await openStorage(env) },
    async close() {
      await sql.end({ timeout: 5 })
      await started?.stop()
      await unlock?.()
    },
  }
}

/** Reads `.env` as `npm start` does. */
export function readDotEnv() {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
}

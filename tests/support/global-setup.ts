import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@meanwhile/infra/postgres'
import { migrate } from '@meanwhile/shared/db/migrate'
import { createLog } from '@meanwhile/shared/platform/log'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** One PostgreSQL for the run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-tests-'))
  // As root, PostgreSQL's user has to pass through it; else the data would go to a folder of the system and stay there.
  await chmod(dataDir, 0o711)
  const { url, stop } = await startPostgres({ dataDir, log: createLog('silent', 'tests') })
  await migrate(url)
  const maintenance = new URL('/postgres', url).href
  const sql = postgres(maintenance, { max: 1 })
  await sql`alter database meanwhile with is_template true`
  await sql.end()
  project.provide('postgresUrl', maintenance)
  return async () => {
    await stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

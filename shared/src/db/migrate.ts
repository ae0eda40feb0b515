import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Any constant will do, as long as every process uses the same one. */
const migrationLock = 7_318_004_226

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Brings a database to this version. Safe to call from several processes at once: the others wait. */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await runMigrations(drizzle(sql), { migrationsFolder })
  } finally {
    await sql.end()
  }
}

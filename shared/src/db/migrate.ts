import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Any constant will do, as long as every process uses the same one. */
const migrationLock = 7_318_004_226

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Brings a database to this version. Safe to call from several processes at once: the others wait. */
export const migrate = (url: string): Promise<void> => migrateFrom(url, migrationsFolder)

async function migrateFrom(url: string, folder: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await runMigrations(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end()
  }
}

type Journal = { entries: { when: number }[] }
const readJournal = async (): Promise<Journal> => JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8'))

/** When each migration of this version was made, in ms since 1970: their names in a database. */
export const knownMigrations = async (): Promise<number[]> => (await readJournal()).entries.map(({ when }) => when)

/** Brings an empty database to an earlier version: that whose last migration is `when`. */
export async function migrateUntil(url: string, when: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'meanwhile-migrations-'))
  try {
    await cp(migrationsFolder, folder, { recursive: true })
    const journal = await readJournal()
    const entries = journal.entries.filter((entry) => entry.when <= when)
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
    await migrateFrom(url, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

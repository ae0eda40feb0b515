import type { Readable } from 'node:stream'
import type { Track } from '@meanwhile/shared/contract/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Sql, TransactionSql } from 'postgres'
import { type BackupManifest, leftOut } from './manifest.ts'

type Described = Pick<BackupManifest, 'migrations' | 'tables' | 'sequences'>

async function describe(sql: TransactionSql): Promise<Described> {
  const [made] = await sql<{ name: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations')::text as name`
  if (!made?.name) throw new Error('there is nothing here yet: Meanwhile was never started on it.')
  const migrations = await sql<
    { when: string }[]
  >`select created_at as "when" from drizzle.__drizzle_migrations order by created_at`
  const tables = await sql<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and not c.relname = any(${leftOut.tables})
    group by c.relname order by c.relname`
  const sequences = await sql<{ name: string; lastValue: string }[]>`
    select sequencename as name, coalesce(last_value, 0)::text as "lastValue"
    from pg_sequences where schemaname = 'public' order by 1`
  return {
    migrations: migrations.map(({ when }) => Number(when)),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    sequences: sequences.map(({ name, lastValue }) => ({ name, lastValue })),
  }
}

/**
 * Reads every table as it is at one moment, in PostgreSQL's own text format: one transaction that sees no later change, beside which the
 * site goes on.
 */
export const dumpDatabase = (sql: Sql, onTable: (name: string, rows: Readable) => Promise<void>): Promise<Described> =>
  sql.begin('isolation level repeatable read read only', async (tx) => {
    const described = await describe(tx)
    for (const { name, columns } of described.tables)
      await onTable(name, await tx`copy ${tx(name)} (${tx(columns)}) to stdout`.readable())
    return described
  }) as Promise<Described>

/** The keys of all objects that rows name. */
export async function namedObjects(sql: Sql): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    select key from assets union select hls_key from assets where hls_key is not null union select key from captions
    union select picture_key from users where picture_key is not null`
  const parts = await sql<{ videoId: string; number: number }[]>`select video_id as "videoId", number from file_parts`
  const segments = await sql<{ videoId: string; track: Track; number: number }[]>`
    select video_id as "videoId", track, number from segments`
  return new Set([
    ...rows.map(({ key }) => key),
    ...parts.map(({ videoId, number }) => keys.filePart(videoId, number)),
    ...segments.map(({ videoId, track, number }) => keys.segment(videoId, track, number)),
  ])
}

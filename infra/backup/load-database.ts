import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Sql } from 'postgres'
import type { BackupManifest } from './manifest.ts'

type Constraint = { table: string; name: string; definition: string }

/** Whether somebody uses it already. */
export async function isDatabaseEmpty(sql: Sql): Promise<boolean> {
  const [found] = await sql<{ users: string | null }[]>`select to_regclass('public.users')::text as users`
  if (!found?.users) return true
  return (await sql`select 1 from users limit 1`).length === 0
}

/** Removes everything of Meanwhile from a database, the queue too. */
export const emptyDatabase = (sql: Sql) =>
  sql.begin(async (tx) => {
    await tx`drop schema if exists public cascade`
    await tx`drop schema if exists drizzle cascade`
    await tx`drop schema if exists bullmq cascade`
    await tx`create schema public`
  })

/**
 * Fills the tables of a database that has the version of the backup, all of them or none. Rows come in any order, so the references
 * between tables are checked at the end; triggers do nothing, because what they did is in the rows.
 */
export async function loadDatabase(sql: Sql, { tables, sequences }: BackupManifest, open: (table: string) => Promise<Readable>) {
  await sql.begin(async (tx) => {
    const constraints = await tx<Constraint[]>`
      select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and n.nspname = 'public'`
    for (const { table, name } of constraints) await tx`alter table ${tx(table)} drop constraint ${tx(name)}`
    for (const { name } of tables) await tx`alter table ${tx(name)} disable trigger user`
    for (const { name, columns } of tables)
      await pipeline(await open(name), await tx`copy ${tx(name)} (${tx(columns)}) from stdin`.writable())
    for (const { name } of tables) await tx`alter table ${tx(name)} enable trigger user`
    for (const { table, name, definition } of constraints)
      await tx`alter table ${tx(table)} add constraint ${tx(name)} ${tx.unsafe(definition)}`
    for (const { name, lastValue } of sequences)
      if (lastValue !== '0') await tx`select setval(${`public.${name}`}::regclass, ${lastValue}::bigint)`
  })
}

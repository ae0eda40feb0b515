import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '@meanwhile/shared/platform/log'
import postgres from 'postgres'
import { freePort } from './free-port.ts'
import { takeLock } from './lock.ts'
import { type Cluster, openCluster, superuser } from './postgres/cluster.ts'
import { clearOrphan } from './postgres/orphan.ts'
import { type Server, startServer } from './postgres/server.ts'

/** `url` names the database `meanwhile`. `pid` is the server's main process; `ended` resolves when it ends, whoever ended it. */
export type Postgres = { url: string; port: number; pid: number; ended: Promise<unknown>; stop: () => Promise<void> }

const database = 'meanwhile'

/**
 * Starts the embedded PostgreSQL with its data in `<dataDir>/postgres`, on 127.0.0.1 and a free port unless `port` is given.
 * Initialises it on first use, and recovers what a killed launcher left.
 * As root, where PostgreSQL's user cannot enter `dataDir`, the data goes below /var/lib/meanwhile and `postgres` is a link to it.
 * @throws {Error} whose message holds PostgreSQL's last lines, or says what the operator has to do
 */
export async function startPostgres({ dataDir, log, port }: { dataDir: string; log: Log; port?: number }): Promise<Postgres> {
  await mkdir(dataDir, { recursive: true })
  const cluster = await openCluster(dataDir)
  const unlock = await takeLock(join(cluster.folder, 'meanwhile.lock'))
  try {
    await clearOrphan(cluster.folder)
    const { server, onPort } = await startOnPort(cluster, port, log)
    const ended = server.ended.then(unlock)
    const stop = async () => {
      await server.stop()
      await ended
    }
    const urlOf = (name: string) => `postgres://${superuser}:${cluster.password}@127.0.0.1:${onPort}/${name}`
    await createDatabase(urlOf('postgres')).catch(async (error) => {
      await stop()
      throw error
    })
    return { url: urlOf(database), port: onPort, pid: server.pid, ended, stop }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** A free port may be taken by another program before PostgreSQL binds it. */
async function startOnPort(cluster: Cluster, port: number | undefined, log: Log): Promise<{ server: Server; onPort: number }> {
  for (let attempt = 1; ; attempt++) {
    const onPort = port ?? (await freePort())
    try {
      return { server: await startServer(cluster, onPort, log), onPort }
    } catch (error) {
      if (attempt === 3 || !(error as Error).message.includes('Address already in use')) throw error
    }
  }
}

async function createDatabase(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`
    if (found.length === 0) await sql`create database ${sql(database)}`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

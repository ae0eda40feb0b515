import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog } from '@meanwhile/shared/platform/log'
import connect from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Postgres, startPostgres } from './postgres.ts'
import { hasEnded } from './processes.ts'

const log = createLog('silent', 'test')
let folder: string
let running: Postgres[] = []
let dataDirs: string[] = []

/** A folder that everybody may enter, as a data folder below /srv is. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-postgres-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()))
  const targets = await Promise.all(dataDirs.map((dataDir) => readlink(join(dataDir, 'postgres')).catch(() => undefined)))
  for (const target of targets) if (target) await rm(dirname(target), { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
  running = []
  dataDirs = []
})

/** Ended after the test, however that ends. */
async function start(dataDir = folder) {
  dataDirs.push(dataDir)
  const started = await startPostgres({ dataDir, log })
  running.push(started)
  return started
}

async function ask(url: string, query: string) {
  const sql = connect(url, { max: 1 })
  try {
    return await sql.unsafe(query)
  } finally {
    await sql.end()
  }
}

test('a new data folder gets a database that keeps what is written to it', { timeout: 60_000 }, async () => {
  const first = await start()
  await ask(first.url, "create table notes as select 'kept'::text as text")
  const [settings] = await ask(first.url, "select current_setting('server_encoding') as encoding, lower('É') as lower")
  expect(settings).toEqual({ encoding: 'UTF8', lower: 'é' })
  await first.stop()
  expect(await hasEnded(first.pid, 0)).toBe(true)

  const second = await start()
  expect(await ask(second.url, 'select text from notes')).toEqual([{ text: 'kept' }])
  await second.stop()
})

test('nobody gets in without the password', { timeout: 60_000 }, async () => {
  const database = await start()
  await expect(ask(database.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password authentication failed')
  expect((await stat(join(folder, 'postgres'))).mode & 0o077).toBe(0)
  await database.stop()
})

test('a first start that was cut off does not spoil the next one', { timeout: 60_000 }, async () => {
  await mkdir(join(folder, 'postgres.new/cluster'), { recursive: true })
  await writeFile(join(folder, 'postgres.new/cluster/PG_VERSION'), '18')
  const database = await start()
  expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await database.stop()
})

test('it starts again after its main process was killed', { timeout: 60_000 }, async () => {
  const killed = await start()
  await ask(killed.url, 'create table notes (text text)')
  process.kill(killed.pid, 'SIGKILL')
  await killed.ended
  const next = await start()
  expect(await ask(next.url, 'select * from notes')).toEqual([])
  await next.stop()
})

test('a server that a killed launcher left running is stopped first', { timeout: 60_000 }, async () => {
  const orphan = await start()
  // What the next start finds after the launcher was killed: a lock of a process that is gone, and a server.
  await writeFile(join(folder, 'postgres/meanwhile.lock'), '999999999\n1\n')
  const next = await start()
  expect(await hasEnded(orphan.pid, 0)).toBe(true)
  expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await next.stop()
})

test('a pid file whose number was given to another program is no obstacle', { timeout: 60_000 }, async () => {
  await (await start()).stop()
  const line = (text: string | number) => `${text}\n`
  await writeFile(
    join(folder, 'postgres/postmaster.pid'),
    [process.pid, `${folder}/postgres`, 1, 1, '', '', ''].map(line).join(''),
  )
  const next = await start()
  await next.stop()
})

test('a second one on the same folder is refused while the first runs', { timeout: 60_000 }, async () => {
  const first = await start()
  await expect(start()).rejects.toThrow(`is held by process ${process.pid}`)
  expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await first.stop()
})

test('a folder that holds something else is left alone', async () => {
  await mkdir(join(folder, 'postgres'))
  await expect(start()).rejects.toThrow('is not a database of Meanwhile: move it away.')
})

test('what PostgreSQL said is part of the failure', { timeout: 60_000 }, async () => {
  await (await start()).stop()
  await writeFile(join(folder, 'postgres/postgresql.conf'), 'no_such_setting = 1\n')
  await expect(start()).rejects.toThrow(/did not start:(.|\n)*no_such_setting/)
})

test.skipIf(process.platform !== 'linux')('it ends when its launcher is killed', { timeout: 60_000 }, async () => {
  const module = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))
  const script = `const { startPostgres } = await import(${module('./postgres.ts')})
    const { createLog } = await import('@meanwhile/shared/platform/log')
    const { pid } = await startPostgres({ dataDir: ${JSON.stringify(folder)}, log: createLog('silent', 'test') })
    process.stdout.write(String(pid))`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const launcher = spawn(process.execPath, args, {
    cwd: dirname(fileURLToPath(import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = await once(launcher.stdout, 'data')
  launcher.kill('SIGKILL')
  expect(await hasEnded(Number(pid), 20_000)).toBe(true)
})

const isRoot = process.getuid?.() === 0

test.skipIf(!isRoot)('as root it works below a home that nobody else may enter', { timeout: 60_000 }, async () => {
  const home = join(folder, 'home')
  await mkdir(home, { mode: 0o700 })
  const dataDir = join(home, 'clone/data')
  const first = await start(dataDir)
  await ask(first.url, 'create table notes (text text)')
  await first.stop()
  const target = await realTarget(dataDir)
  expect((await stat(home)).mode & 0o777).toBe(0o700)

  const second = await start(dataDir)
  expect(await ask(second.url, 'select * from notes')).toEqual([])
  await second.stop()

  await rm(target, { recursive: true })
  await expect(start(dataDir)).rejects.toThrow('which is gone')
})

test.skipIf(!isRoot)('as root it follows a data folder into a home that nobody else may enter', { timeout: 60_000 }, async () => {
  const first = await start()
  await ask(first.url, 'create table notes (text text)')
  await first.stop()
  await chmod(folder, 0o700)
  const second = await start()
  expect(await ask(second.url, 'select * from notes')).toEqual([])
  await second.stop()
  await realTarget(folder)
})

/** The folder of the system that holds the database behind the link. */
async function realTarget(dataDir: string) {
  const target = await readlink(join(dataDir, 'postgres'))
  expect(target).toMatch(/^\/var\/lib\/meanwhile\/[0-9a-f]{16}\/postgres$/)
  return join(target, '..')
}

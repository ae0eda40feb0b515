import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Env, EnvError, type EnvFault, readEnv } from '@meanwhile/shared/platform/env'
import postgres from 'postgres'
import { type Ffmpeg, findFfmpeg } from './ffmpeg.ts'
import { endLeftovers } from './leftovers.ts'
import { LockedError, takeLock } from './lock.ts'
import { makeFolder } from './make-folder.ts'

/** What a start may rely on; `unlock` gives the data folder back. */
export type Preflight = { env: Env; ffmpeg: Ffmpeg; unlock: () => Promise<void> }

type Variables = Record<string, string | undefined>

/**
 * Checks the environment, takes the data folder's lock, and ends what a killed launcher left there.
 * @throws {EnvError} with everything that is wrong, at once
 */
export async function preflight(variables: Variables): Promise<Preflight> {
  const { env, faults } = readWhatIsRight(variables)
  const isRight = (name: string) => !faults.some((fault) => fault.name === name)
  const checked: EnvFault[] = []
  const unlock = isRight('DATA_DIR') ? await takeDataDir(env.DATA_DIR, checked) : undefined
  const isRunning = checked.some(({ message }) => message.includes('running'))
  const [ffmpeg] = await Promise.all([
    checkFfmpeg(env, checked),
    isRight('PORT') && isRight('HOST') && !isRunning && checkPort(env.HOST, env.PORT, checked),
    env.DATABASE_URL && checkDatabase(env.DATABASE_URL, checked),
  ])
  if (ffmpeg && unlock && faults.length + checked.length === 0) return { env, ffmpeg, unlock }
  await unlock?.()
  throw new EnvError([...faults, ...checked])
}

/** Wrong variables are reported and count as absent, so that the others can still be checked. */
function readWhatIsRight(variables: Variables): { env: Env; faults: EnvFault[] } {
  try {
    return { env: readEnv(variables), faults: [] }
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    const wrong = new Set(error.faults.map(({ name }) => name))
    const right = Object.fromEntries(Object.entries(variables).filter(([name]) => !wrong.has(name)))
    // What production asks for beyond that was said.
    return { env: readEnv({ ...right, NODE_ENV: undefined }), faults: error.faults }
  }
}

async function takeDataDir(dataDir: string, faults: EnvFault[]) {
  const refuse = (message: string) => void faults.push({ name: 'DATA_DIR', message: `${dataDir} ${message}` })
  try {
    const isNew = await makeFolder(dataDir, 0o700)
    // As root, PostgreSQL's user has to pass through it; the secrets and the media in it have modes of their own.
    if (isNew && process.getuid?.() === 0) await chmod(dataDir, 0o711)
    const probe = join(dataDir, `.probe-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
    const unlock = await takeLock(join(dataDir, 'meanwhile.lock'))
    await endLeftovers(dataDir)
    return unlock
  } catch (error) {
    if (error instanceof LockedError)
      return refuse(`belongs to a Meanwhile that is running (process ${error.pid}): stop it, or set another DATA_DIR.`)
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTDIR') return refuse('is not a folder: set DATA_DIR to one.')
    return refuse(`cannot be written to (${code}): give this user the right to, or set another DATA_DIR.`)
  }
}

async function checkFfmpeg(env: Env, faults: EnvFault[]) {
  return findFfmpeg(env).catch((error) => {
    if (!(error instanceof EnvError)) throw error
    faults.push(...error.faults)
    return undefined
  })
}

/** A name can have several addresses (localhost: 127.0.0.1 and ::1); one that this machine lacks does no harm. */
async function checkPort(host: string, port: number, faults: EnvFault[]) {
  const addresses = await lookup(host, { all: true }).catch(() => [])
  const codes = await Promise.all(addresses.map(({ address }) => listenCode(address, port)))
  const refuse = (name: string, message: string) => faults.push({ name, message })
  if (codes.includes('EADDRINUSE')) refuse('PORT', `${port} is in use by another program: stop it, or set another PORT.`)
  else if (codes.includes('EACCES')) refuse('PORT', `${port} is not allowed to this user: set a PORT above 1023.`)
  else if (!codes.includes('')) refuse('HOST', `${host} is not an address of this machine: set localhost or 0.0.0.0.`)
}

/** Why this address cannot be listened on; empty when it can. */
async function listenCode(host: string, port: number): Promise<string> {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return ''
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

async function checkDatabase(url: string, faults: EnvFault[]) {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined })
  try {
    await sql`select 1`
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    faults.push({ name: 'DATABASE_URL', message: `does not lead to a database that answers: ${message || code}.` })
  } finally {
    await sql.end({ timeout: 1 })
  }
}

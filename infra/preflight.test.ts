import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvError } from '@meanwhile/shared/platform/env'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { preflight } from './preflight.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-preflight-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const faultsOf = async (variables: Record<string, string>) => {
  const error = await preflight(variables).then(
    () => undefined,
    (thrown) => thrown,
  )
  expect(error).toBeInstanceOf(EnvError)
  return (error as EnvError).message.split('\n')
}

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

test('all faults of the environment are told at once, in a sentence each', async () => {
  const { port, close } = await takenPort()
  const file = join(folder, 'file')
  await writeFile(file, '')
  const faults = await faultsOf({
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: file,
    SIGNUP: 'maybe',
    FFMPEG_PATH: '/no/such/ffmpeg',
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
  })
  close()
  expect(faults.toSorted()).toEqual([
    expect.stringMatching(/^DATABASE_URL does not lead to a database that answers: .*ECONNREFUSED/),
    `DATA_DIR ${file} is not a folder: set DATA_DIR to one.`,
    'FFMPEG_PATH /no/such/ffmpeg is not an ffmpeg that runs: correct it, or leave it unset.',
    `PORT ${port} is in use by another program: stop it, or set another PORT.`,
    'SIGNUP must be "invite", "open" or "closed"',
  ])
})

test('a port that is no number does not hide the other faults', async () => {
  expect(await faultsOf({ PORT: 'http', DATA_DIR: folder, HOST: 'no.such.host.invalid' })).toEqual(['PORT must be a number'])
  expect(await faultsOf({ DATA_DIR: folder, HOST: '192.0.2.1' })).toEqual([
    'HOST 192.0.2.1 is not an address of this machine: set localhost or 0.0.0.0.',
  ])
})

test('a second start on the data folder of a running one is refused in one sentence', async () => {
  const port = await freePort()
  const free = { PORT: String(port), DATA_DIR: folder }
  const { env, unlock } = await preflight(free)
  expect(env.PUBLIC_URL).toBe(`http://localhost:${port}`)
  expect(await faultsOf(free)).toEqual([
    `DATA_DIR ${folder} belongs to a Meanwhile that is running (process ${process.pid}): stop it, or set another DATA_DIR.`,
  ])
  await unlock()
  expect(await readdir(folder)).toEqual([])
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { hasEnded } from './processes.ts'
import { root } from './root.ts'

let port: number
let dataDir: string
let started: ChildProcess | undefined

beforeAll(async () => {
  port = await freePort()
  dataDir = await mkdtemp('/tmp/meanwhile-start-')
  await chmod(dataDir, 0o711)
})
afterAll(async () => {
  started?.kill('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})

/** `npm start` without npm; resolves when it prints its URL. */
async function start() {
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, ['infra/run.mjs', 'start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  started = child
  const output = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.endsWith(`localhost:${port}\n`)) resolve(text)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)))
  })
  return { child, output }
}

const firstNumber = (path: string) => readFile(join(dataDir, path), 'utf8').then((text) => Number.parseInt(text, 10))

const runningPids = () => Promise.all(['processes/server', 'processes/worker', 'postgres/postmaster.pid'].map(firstNumber))

async function stop(child: ChildProcess) {
  const pids = await runningPids()
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  for (const pid of pids) expect(await hasEnded(pid, 0)).toBe(true)
  expect((await readdir(dataDir)).filter((name) => name === 'meanwhile.lock' || name === 'processes')).toEqual([])
}

const answers = async () => (await fetch(`http://localhost:${port}/healthz`)).status

test('one command starts everything, prints one URL, and Ctrl-C stops all of it', { timeout: 120_000 }, async () => {
  const { child, output } = await start()
  expect(output).toBe(`Meanwhile is ready: http://localhost:${port}\n`)
  expect(await answers()).toBe(200)
  await stop(child)
})

test('after everything was killed the next start recovers', { timeout: 120_000 }, async () => {
  const { child } = await start()
  for (const pid of [child.pid as number, ...(await runningPids())]) process.kill(pid, 'SIGKILL')
  const next = await start()
  expect(await answers()).toBe(200)
  await stop(next.child)
})

test('after the launcher alone was killed the next start ends what it left', { timeout: 120_000 }, async () => {
  const { child } = await start()
  const left = await runningPids()
  child.kill('SIGKILL')
  const next = await start()
  for (const pid of left) expect(await hasEnded(pid, 0)).toBe(true)
  expect(await answers()).toBe(200)
  await stop(next.child)
})

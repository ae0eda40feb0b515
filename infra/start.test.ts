import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Env } from '@meanwhile/shared/platform/env'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { hasEnded, signal } from './processes.ts'
import { root } from './root.ts'

let port: number
let dataDir: string
let launchers: ChildProcess[]

beforeEach(async () => {
  port = await freePort()
  dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-start-'))
  await chmod(dataDir, 0o711)
  launchers = []
})
afterEach(async () => {
  await Promise.all(launchers.map(endLauncher))
  for (const pid of await runningPids().catch(() => [])) signal(pid, 'SIGKILL')
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const hasExited = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

async function endLauncher(child: ChildProcess) {
  if (hasExited(child)) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Empty counts as absent: neither the developer's environment nor an .env file shall lead a test to a real database. */
const unset = Object.fromEntries(Object.keys(Env.in.shape).map((name) => [name, '']))

/** What `npm start` does once everything is installed. Resolves when it prints its URL; `output` is all that it has printed. */
async function start() {
  const env = { ...process.env, ...unset, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' }
  const args = ['--import', 'tsx', '--input-type=module', '-e', "(await import('./infra/start.ts')).start()"]
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  launchers.push(child)
  let [output, errors] = ['', '']
  child.stderr.on('data', (chunk) => (errors += chunk))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes('is ready')) resolve()
    })
    child.once('close', (code) => reject(new Error(`It ended with ${code}: ${output}${errors}`)))
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

/** Not kept alive: that connection would be one to a server that the test kills. */
const answers = async () => (await fetch(`http://localhost:${port}/healthz`, { headers: { connection: 'close' } })).status

// A first start may have to build the web app, beside other tests.
const options = { timeout: 300_000 }

test('one command starts everything, prints one URL, and Ctrl-C stops all of it', options, async () => {
  const { child, output } = await start()
  expect(output).toBe(`Meanwhile is ready: http://localhost:${port}\n`)
  expect(await answers()).toBe(200)
  await stop(child)
})

test('after everything was killed the next start recovers', options, async () => {
  const { child } = await start()
  for (const pid of [child.pid as number, ...(await runningPids())]) signal(pid, 'SIGKILL')
  const next = await start()
  expect(await answers()).toBe(200)
  await stop(next.child)
})

test('after the launcher alone was killed the next start ends what it left', options, async () => {
  const { child } = await start()
  const left = await runningPids()
  child.kill('SIGKILL')
  const next = await start()
  for (const pid of left) expect(await hasEnded(pid, 0)).toBe(true)
  expect(await answers()).toBe(200)
  await stop(next.child)
})

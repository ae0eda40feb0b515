import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@meanwhile/shared/platform/log'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hasEnded } from './processes.ts'
import { supervise } from './supervise.ts'

const log = createLog('silent', 'test')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-supervise-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function run(source: string, isVital = false) {
  const script = join(folder, 'program.mts')
  await writeFile(script, source)
  const pids: number[] = []
  const supervised = supervise({
    name: 'program',
    script,
    isVital,
    env: { ...process.env },
    log,
    onStart: async (pid) => void pids.push(pid),
  })
  return { supervised, pids }
}

const steady = "process.send('ready'); setInterval(() => {}, 1000);"

test('a program that is killed is started again', { timeout: 30_000 }, async () => {
  const { supervised, pids } = await run(steady)
  await supervised.ready
  process.kill(pids[0]!, 'SIGKILL')
  await vi.waitFor(() => expect(pids).toHaveLength(2), { timeout: 10_000 })
  await supervised.stop()
  expect(await hasEnded(pids[1]!, 0)).toBe(true)
})

test('a vital program that ends before it is ready is not', { timeout: 30_000 }, async () => {
  const { supervised, pids } = await run('process.exit(3)', true)
  await expect(supervised.ready).rejects.toThrow('The program ended (3) before it was ready')
  await supervised.stop()
  expect(pids).toHaveLength(1)
})

test('one that does not end when asked is ended by force once the operator is in a hurry', { timeout: 30_000 }, async () => {
  const { supervised, pids } = await run(`process.on('SIGTERM', () => {}); ${steady}`)
  await supervised.ready
  const stopped = supervised.stop()
  supervised.hurry()
  await stopped
  expect(await hasEnded(pids[0]!, 0)).toBe(true)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from './lock.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-lock-'))
  path = join(folder, 'meanwhile.lock')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Another process that holds the lock until it is killed. */
async function otherHolder() {
  const module = JSON.stringify(fileURLToPath(new URL('./lock.ts', import.meta.url)))
  const script = `const { takeLock } = await import(${module}); await takeLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000)`
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd })
  await once(child.stdout, 'data')
  return child
}

test('a living holder keeps it, and a killed one loses it', { timeout: 30_000 }, async () => {
  const other = await otherHolder()
  await expect(takeLock(path)).rejects.toThrow(`is held by process ${other.pid}`)
  other.kill('SIGKILL')
  await once(other, 'exit')
  const release = await takeLock(path)
  expect(await readFile(path, 'utf8')).toMatch(`${process.pid}\n`)
  await release()
  expect(await readdir(folder)).toEqual([])
})

test('a pid that now names another process does not hold it', async () => {
  await writeFile(path, `${process.pid}\n1\n`)
  const release = await takeLock(path)
  await release()
})

test('of many that find a stale lock at once, one takes it', async () => {
  for (let round = 0; round < 30; round++) {
    await writeFile(path, '999999999\n1\n')
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['meanwhile.lock'])
  }
})

test('a damaged lock holds nobody off', async () => {
  await writeFile(path, '')
  const release = await takeLock(path)
  await release()
})

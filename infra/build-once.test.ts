import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildOnce } from './build-once.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'meanwhile-build-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const write = (text: string) => async (into: string) => {
  await writeFile(join(into, 'index.html'), text)
}

const build = (sources: string, make: (into: string) => Promise<unknown> = write(sources)) =>
  buildOnce({
    folder: join(home, 'dist'),
    workFolder: join(home, '.building'),
    lockFile: join(home, 'build.lock'),
    fingerprint: async () => sources,
    make,
  })

const page = () => readFile(join(home, 'dist/index.html'), 'utf8')

test('it is built once, and again when its sources change', async () => {
  expect(await build('first')).toBe(true)
  expect(await build('first')).toBe(false)
  expect(await build('second')).toBe(true)
  expect(await page()).toBe('second')
  expect(await readdir(home)).toEqual(['dist'])
})

test('of several that ask at once one builds, and all find it whole', async () => {
  let builds = 0
  const slowly = async (into: string) => {
    builds++
    await sleep(300)
    await write('whole')(into)
  }
  const found = await Promise.all([1, 2, 3].map(() => build('same', slowly).then(page)))
  expect(found).toEqual(['whole', 'whole', 'whole'])
  expect(builds).toBe(1)
})

test('while it is built, and when that fails, what was there stays', async () => {
  await build('first')
  const failing = async (into: string) => {
    await write('half')(into)
    expect(await page()).toBe('first')
    throw new Error('a fault in a source')
  }
  await expect(build('second', failing)).rejects.toThrow('a fault in a source')
  expect(await page()).toBe('first')
  expect(await readdir(home)).toEqual(['dist'])
})

test('what a killed build left is no obstacle', async () => {
  await writeFile(join(home, 'build.lock'), '999999999\n1\n')
  await mkdir(join(home, '.building/old/dist'), { recursive: true })
  await writeFile(join(home, '.building/old/dist/index.html'), 'old')
  expect(await build('first')).toBe(true)
  expect(await readdir(home)).toEqual(['dist'])
})

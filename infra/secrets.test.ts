import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSecrets } from './secrets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meanwhile-secrets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('secrets are made once, kept from others, and differ from each other', async () => {
  const first = await readSecrets(folder, {})
  expect(await readSecrets(folder, {})).toEqual(first)
  expect(first.AUTH_SECRET).toMatch(/^[\w-]{43}$/)
  expect(first.MEDIA_SECRET).not.toBe(first.AUTH_SECRET)
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['secrets.json'])
})

test('what the environment sets wins, and does not change what is kept', async () => {
  const kept = await readSecrets(folder, {})
  expect(await readSecrets(folder, { AUTH_SECRET: 'mine' })).toEqual({ ...kept, AUTH_SECRET: 'mine' })
  expect(await readSecrets(folder, {})).toEqual(kept)
})

test('a damaged file is not replaced', async () => {
  await writeFile(join(folder, 'secrets.json'), '{')
  await expect(readSecrets(folder, {})).rejects.toThrow('is damaged: restore it, or remove it')
})

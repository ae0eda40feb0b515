import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sweepIncoming } from './incoming.ts'

test('what a killed process left on its way is removed, and what somebody writes now is not', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-incoming-'))
  for (const name of ['old', 'young']) await writeFile(join(dir, name), name)
  await utimes(join(dir, 'old'), new Date(0), new Date(0))
  await sweepIncoming(dir)
  expect(await readdir(dir)).toEqual(['young'])
  await rm(dir, { recursive: true })
})

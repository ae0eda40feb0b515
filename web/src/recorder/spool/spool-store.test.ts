import { expect, test } from 'vitest'
import { parseLog } from './spool-files.ts'
import { spoolPromises } from './spool-store.conformance.ts'
import { fakeSpoolStore } from './spool-store.fake.ts'
import { nowhere, spoolStore } from './spool-store.ts'

test.each(Object.entries(spoolPromises))('the store of our tests: %s', async (_, promise) => {
  await expect(promise(fakeSpoolStore())).resolves.toBeUndefined()
})

test('where nothing can be kept, nothing is pretended', async () => {
  expect(await spoolStore()).toBe(nowhere)
  await expect(nowhere.append('spool', {} as never, new Uint8Array())).rejects.toMatchObject({ name: 'QuotaExceededError' })
})

test('a line that a crash has torn is left out, and what comes after it counts', () => {
  const log = '\n{"aliveAt":1}\n\n{"confirmed":["main",\n{"aliveAt":2}\n\n{"aliv'
  expect(parseLog(log)).toEqual([{ aliveAt: 1 }, { aliveAt: 2 }])
})

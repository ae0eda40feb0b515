import { expect, test } from 'vitest'
import { openSpool } from './spool.ts'
import { newNote } from './spool-note.ts'
import { fakeSpoolStore } from './spool-store.fake.ts'
import { spooledRecordings } from './spooled-recordings.ts'

async function device() {
  const store = fakeSpoolStore()
  const leave = async (userId: string, title: string, startedAt: number) => {
    const spool = await openSpool(newNote({ userId, title, startedAt }), store)
    await spool.release()
    return spool.note.spoolId
  }
  return {
    store,
    leave,
    titles: async (userId: string) => (await spooledRecordings(userId, store)).map(({ note }) => note.title),
  }
}

test('a person finds what they recorded on this device, oldest first, and nothing of anybody else', async () => {
  const { leave, titles } = await device()
  await leave('ada', 'Second', 2)
  await leave('ben', 'His', 3)
  await leave('ada', 'First', 1)
  expect([await titles('ada'), await titles('ben'), await titles('eve')]).toEqual([['First', 'Second'], ['His'], []])
})

test('one that the disk does not give out hides no other', async () => {
  const { store, leave, titles } = await device()
  const broken = await leave('ada', 'Broken', 1)
  await leave('ada', 'Whole', 2)
  const { lines } = store
  store.lines = (spoolId) =>
    spoolId === broken ? Promise.reject(new DOMException('broken', 'NotReadableError')) : lines(spoolId)
  expect(await titles('ada')).toEqual(['Whole'])
})

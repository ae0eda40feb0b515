import { expect, test, vi } from 'vitest'
import { storageOf } from '../../browser-storage.fake.ts'
import { askToPersist, roomLeft } from './storage-room.ts'

test('room is told in bytes and in time; a browser that does not say is not guessed about', async () => {
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 1_000_000, usage: 400_000 }) } })
  expect(await roomLeft(10_000)).toEqual({ bytes: 600_000, ms: 60_000 })
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({}) } })
  expect(await roomLeft(10_000)).toBeNull()
  vi.stubGlobal('navigator', {})
  expect(await roomLeft(10_000)).toBeNull()
  vi.unstubAllGlobals()
})

test('the browser is asked to keep what is here: once a day until it agrees', async () => {
  const storage = storageOf(new Map())
  let agreed = false
  const persist = vi.fn(async () => agreed)
  vi.stubGlobal('navigator', { storage: { persist, persisted: async () => agreed } })
  await askToPersist(storage, 'Monday')
  await askToPersist(storage, 'Monday')
  expect(persist).toHaveBeenCalledTimes(1)
  await askToPersist(storage, 'Tuesday')
  expect(persist).toHaveBeenCalledTimes(2)
  agreed = true
  await askToPersist(storage, 'Wednesday')
  expect(persist).toHaveBeenCalledTimes(2)
  vi.unstubAllGlobals()
})

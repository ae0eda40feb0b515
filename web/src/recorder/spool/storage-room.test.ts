import { expect, test, vi } from 'vitest'
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

test('the browser is asked once to keep what is here', async () => {
  const memory = new Map<string, string>()
  const storage = {
    getItem: (name: string) => memory.get(name) ?? null,
    setItem: (name: string, value: string) => void memory.set(name, value),
  }
  const persist = vi.fn(async () => true)
  vi.stubGlobal('navigator', { storage: { persist, persisted: async () => false } })
  await askToPersist(storage)
  await askToPersist(storage)
  expect(persist).toHaveBeenCalledTimes(1)
  vi.unstubAllGlobals()
})

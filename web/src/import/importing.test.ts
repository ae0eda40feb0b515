import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unreachable } from '../api.ts'
import { Importing } from './importing.svelte.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('an upload that is given up is deleted on the server, also when that cannot be reached at first', async () => {
  const file = new File(['a'], 'a.mp4')
  const pending = { updateId: 'u', title: 'A', startedAt: 1, name: 'a.mp4', sizeBytes: 1, lastModified: 1, fingerprint: 'f' }
  let failures = 2
  const deleted: string[] = []
  const importing = new Importing(file, pending, {
    importFile: async () => null,
    async deleteUpdate(updateId) {
      if (failures-- > 0) throw unreachable()
      deleted.push(updateId)
    },
    keep: () => {},
    forget: () => {},
    alone: async () => true,
  })
  void importing.cancel()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(deleted).toEqual(['u'])
})

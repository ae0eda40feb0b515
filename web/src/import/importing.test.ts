import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unreachable } from '../api.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { Importing } from './importing.svelte.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const file = new File(['a'], 'a.mp4')
const pending = { updateId: 'u', title: 'A', startedAt: 1, name: 'a.mp4', sizeBytes: 1, lastModified: 1, fingerprint: 'f' }

test('an upload that is given up is deleted on the server, also when that cannot be reached at first', async () => {
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

test.each([
  ['another file is there under its id: chosen again, it begins anew', 'segment-conflict', false],
  ['its update was deleted: chosen again, it begins anew', 'update-gone', false],
  ['a proxy lets no part through: chosen again, it goes on', 'request-too-large', true],
] as const)('when %s', async (_, problem, isKept) => {
  const kept = new Set<string>()
  const importing = new Importing(file, pending, {
    importFile: () => Promise.reject(new RecordingError(problem)),
    deleteUpdate: async () => {},
    keep: ({ updateId }) => void kept.add(updateId),
    forget: (updateId) => void kept.delete(updateId),
    async alone(_, work) {
      await work()
      return true
    },
  })
  await importing.start()
  expect(importing.state.name).toBe('failed')
  expect(kept.has('u')).toBe(isKept)
})

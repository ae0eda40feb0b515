import { expect, test } from 'vitest'
import { RecordingError } from '../recorder/recording-problem.ts'
import { Importing } from './importing.svelte.ts'

const pending = { updateId: 'u', title: 'A', startedAt: 1, name: 'a.mp4', sizeBytes: 1, lastModified: 1, fingerprint: 'f' }

test.each([
  ['another file is there under its id: chosen again, it begins anew', 'segment-conflict', false],
  ['its update was deleted: chosen again, it begins anew', 'update-gone', false],
  ['the person is signed out: chosen again, it goes on', 'signed-out', true],
  ['a proxy lets no part through: chosen again, it goes on', 'request-too-large', true],
] as const)('when %s', async (_, problem, isKept) => {
  const kept = new Set<string>()
  const importing = new Importing(new File(['a'], 'a.mp4'), pending, {
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

import { expect, test, vi } from 'vitest'
import { timely } from './timely.ts'

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('a server that never answers counts as unreachable, so that it is asked again', async () => {
  const limit = new AbortController()
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
  const asked = timely(null, never)
  limit.abort(new DOMException('late', 'TimeoutError'))
  await expect(asked).rejects.toMatchObject({ code: 'unreachable' })
  vi.restoreAllMocks()
})

test('who gives up hears why', async () => {
  const outer = new AbortController()
  const asked = timely(outer.signal, never)
  outer.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
})

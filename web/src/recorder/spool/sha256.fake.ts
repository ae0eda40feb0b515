import { createHash } from 'node:crypto'
import { vi } from 'vitest'

/** Makes hashes without the threads of the platform: those know nothing of a clock that stands still. Ends with `vi.restoreAllMocks()`. */
export function hashAtOnce(): void {
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_, bytes) => {
    const hash = createHash('sha256').update(bytes as Uint8Array)
    return new Uint8Array(hash.digest()).buffer
  })
}

import { unreachable } from '../api.ts'

/** A server that has not answered a small question by then is not going to. */
const limitMs = 30_000

/** Asks with a time limit: an answer that does not come is as good as none. Throws what `ask` throws, or ApiError `unreachable`. */
export async function timely<T>(signal: AbortSignal | null, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(limitMs)
  try {
    return await ask(signal ? AbortSignal.any([signal, limit]) : limit)
  } catch (error) {
    if (limit.aborted && !signal?.aborted) throw unreachable(error)
    throw error
  }
}

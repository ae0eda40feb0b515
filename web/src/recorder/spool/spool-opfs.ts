import { deferred, within } from '../channel.ts'
import { draftBytes, draftName, logName, parseDraft, parseLog, segmentName, spoolsFolder } from './spool-files.ts'
import type { SpoolAnswer, SpoolOrder } from './spool-messages.ts'
import type { SpoolStore } from './spool-store.ts'

/** A disk that takes longer is not going to answer. */
const answerLimitMs = 20_000

/** Spools in the Origin Private File System, written by a worker of their own. Throws where that is not possible. */
export async function openOpfsStore(): Promise<SpoolStore> {
  if (typeof globalThis.navigator?.storage?.getDirectory !== 'function') throw new Error('no file system here')
  const order = orderWorker()
  const ask = (what: SpoolOrder) => within(answerLimitMs, order(what), () => new Error(`the disk did not answer to ${what.type}`))
  await ask({ type: 'check' })

  const fileOf = async (spoolId: string, name: string): Promise<File | null> => {
    try {
      const folder = await (await spoolsFolder()).getDirectoryHandle(spoolId)
      return await (await folder.getFileHandle(name)).getFile()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null
      throw error
    }
  }
  return {
    kind: 'opfs',
    async spoolIds() {
      const ids: string[] = []
      for await (const [name, { kind }] of (await spoolsFolder()).entries()) if (kind === 'directory') ids.push(name)
      return ids
    },
    lines: async (spoolId) => parseLog((await (await fileOf(spoolId, logName))?.text()) ?? ''),
    write: (spoolId, line) => ask({ type: 'write', spoolId, line }),
    // Bytes wait in the worker until it has had its turn with them: who gives it more before that fills its memory.
    append: (spoolId, line, bytes) => order({ type: 'append', spoolId, line, bytes }),
    keepDraft: async (spoolId, draft, bytes) =>
      order({ type: 'draft', spoolId, track: draft.segment.track, bytes: await draftBytes(draft, bytes) }),
    async draft(spoolId, track) {
      const file = await fileOf(spoolId, draftName(track))
      return file && parseDraft(file)
    },
    body: (spoolId, track, number) => fileOf(spoolId, segmentName(track, number)),
    drop: (spoolId, track, number) => ask({ type: 'drop', spoolId, track, number }),
    close: (spoolId) => ask({ type: 'close', spoolId }),
    remove: (spoolId) => ask({ type: 'remove', spoolId }),
  }
}

/** Resolves when the worker has done what it was told, however long that takes. */
function orderWorker(): (order: SpoolOrder) => Promise<void> {
  const worker = new Worker(new URL('./spool.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, ReturnType<typeof deferred<void>>>()
  let count = 0

  worker.addEventListener('message', ({ data: { order, failure } }: MessageEvent<SpoolAnswer>) => {
    const answer = waiting.get(order)
    waiting.delete(order)
    if (failure) answer?.reject(new DOMException(failure[1], failure[0]))
    else answer?.resolve()
  })
  worker.addEventListener('error', ({ message }) => {
    for (const answer of waiting.values()) answer.reject(new Error(message))
    waiting.clear()
  })
  return (order) => {
    const answer = deferred<void>()
    const number = ++count
    waiting.set(number, answer)
    worker.postMessage({ ...order, order: number })
    return answer.promise
  }
}

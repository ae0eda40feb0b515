/** Files that are flushed before we say that they are kept can be written in a worker only. */

import { within } from '../channel.ts'
import { draftName, logName, segmentName, spoolsFolder } from './spool-files.ts'
import type { NumberedOrder, SpoolAnswer, SpoolOrder } from './spool-messages.ts'
import type { SpoolLine } from './spool-note.ts'

type Access = {
  write(bytes: BufferSource, options: { at: number }): number
  flush(): void
  getSize(): number
  truncate(size: number): void
  close(): void
}
type WritableHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<Access> }
type Scope = {
  postMessage(answer: SpoolAnswer): void
  addEventListener(type: 'message', listener: (event: MessageEvent<NumberedOrder>) => void): void
}
const scope = globalThis as unknown as Scope

type OpenSpool = { folder: FileSystemDirectoryHandle; log: Access; size: number }
const open = new Map<string, Promise<OpenSpool>>()

/** Chromium never answers when the handle is collected as garbage while its file is being opened. */
const opening = new Set<FileSystemFileHandle>()

async function access(folder: FileSystemDirectoryHandle, name: string): Promise<Access> {
  const handle = (await folder.getFileHandle(name, { create: true })) as WritableHandle
  opening.add(handle)
  try {
    return await handle.createSyncAccessHandle()
  } finally {
    opening.delete(handle)
  }
}

/** A tab that has just died may still hold the file for a moment. */
async function patiently<T>(step: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await step()
    } catch (error) {
      if (tries === 20 || !(error instanceof DOMException) || error.name !== 'NoModificationAllowedError') throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function spoolIn(spoolId: string): Promise<OpenSpool> {
  const known = open.get(spoolId)
  if (known) return known
  const opening = (async () => {
    const folder = await (await spoolsFolder()).getDirectoryHandle(spoolId, { create: true })
    const log = await patiently(() => access(folder, logName))
    return { folder, log, size: log.getSize() }
  })()
  open.set(spoolId, opening)
  opening.catch(() => open.delete(spoolId))
  return opening
}

/** The first line after a torn one begins on a line of its own. */
function writeLine(spool: OpenSpool, line: SpoolLine) {
  const bytes = new TextEncoder().encode(`\n${JSON.stringify(line)}\n`)
  writeWhole(spool.log, bytes, spool.size)
  spool.size += bytes.byteLength
}

/** A disk that is full may take a part only, without an error. */
function writeWhole(file: Access, bytes: Uint8Array<ArrayBuffer>, at: number) {
  if (file.write(bytes, { at }) === bytes.byteLength) return
  throw new DOMException('the disk took a part only', 'QuotaExceededError')
}

/** Writes a whole file, or leaves none. */
async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  settle: (file: Access) => void,
) {
  const file = await access(folder, name)
  try {
    file.truncate(0)
    writeWhole(file, bytes, 0)
    settle(file)
  } catch (error) {
    file.close()
    await folder.removeEntry(name).catch(() => undefined)
    throw error
  }
  file.close()
}

const unlessGone = (error: unknown) => {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
}

const does: { [T in SpoolOrder['type']]: (order: Extract<SpoolOrder, { type: T }>) => Promise<void> } = {
  async check() {
    const folder = await spoolsFolder()
    // Only what can be written here is a place to keep a recording.
    const probe = `probe-${crypto.randomUUID()}`
    ;(await access(folder, probe)).close()
    await folder.removeEntry(probe)
  },
  /** What costs a repetition at most when it is forgotten does not wait for the disk, nor does the next segment for it. */
  async write({ spoolId, line }) {
    const spool = await spoolIn(spoolId)
    writeLine(spool, line)
    if ('note' in line || 'unconfirmed' in line) spool.log.flush()
  },
  async append({ spoolId, line, bytes }) {
    const spool = await spoolIn(spoolId)
    const name = segmentName(line.segment.track, line.segment.number)
    await writeFile(spool.folder, name, bytes, (file) => file.flush())
    writeLine(spool, line)
    spool.log.flush()
  },
  /** A tab that dies loses nothing of it, a computer may: it is not worth making the next segment wait for the disk. */
  async draft({ spoolId, track, bytes }) {
    const { folder } = await spoolIn(spoolId)
    await writeFile(folder, draftName(track), new Uint8Array(bytes), () => undefined)
  },
  async drop({ spoolId, track, number }) {
    const { folder } = await spoolIn(spoolId)
    await folder.removeEntry(segmentName(track, number)).catch(unlessGone)
  },
  async close({ spoolId }) {
    const spool = await open.get(spoolId)
    open.delete(spoolId)
    spool?.log.close()
  },
  async remove({ spoolId }) {
    await does.close({ type: 'close', spoolId })
    const folder = await spoolsFolder()
    await patiently(() => folder.removeEntry(spoolId, { recursive: true })).catch(unlessGone)
  },
}

const stuckAfterMs = 10_000

/** One after the other: a line never overtakes the one before it. An order that gets stuck costs itself, not those behind it. */
let last: Promise<unknown> = Promise.resolve()
scope.addEventListener('message', ({ data: order }) => {
  const act = does[order.type] as (order: SpoolOrder) => Promise<void>
  last = last
    .then(() => within(stuckAfterMs, act(order), () => new Error(`the disk did not answer to ${order.type}`)))
    .then(
      () => scope.postMessage({ order: order.order, failure: null }),
      (error) => scope.postMessage({ order: order.order, failure: [nameOf(error), String(error)] }),
    )
})

const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : 'Error')

import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Longer than any request may take. */
const oldMs = 60 * 60_000

/** Removes what a killed process left on its way into the storage. Others may be writing beside it: what is young stays. */
export async function sweepIncoming(incomingDir: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(incomingDir)) {
    const file = join(incomingDir, name)
    const found = await stat(file).catch(() => undefined)
    if (found && now - found.mtimeMs > oldMs) await rm(file, { force: true, recursive: true })
  }
}

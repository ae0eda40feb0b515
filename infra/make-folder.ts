import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/**
 * Makes a folder and those above it that are missing. Node's own recursive `mkdir` never ends where a folder exists
 * but nothing can be made in it, as in /proc.
 * @returns whether it had to be made
 * @throws the reason of the system, such as EACCES, ENOTDIR or ENOENT
 */
export async function makeFolder(path: string, mode = 0o777): Promise<boolean> {
  try {
    await mkdir(path, { mode })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await isFolder(path))) return false
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error
    await makeFolder(parent, mode)
    return makeFolder(path, mode)
  }
}

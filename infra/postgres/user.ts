import { execFile } from 'node:child_process'
import { realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whom PostgreSQL runs as when the launcher is root, because it refuses to run as root. */
export type User = { uid: number; gid: number }

/** Where root keeps what PostgreSQL's user cannot reach in its own place. */
export const systemFolder = '/var/lib/meanwhile'

const ownName = 'meanwhile-postgres'

const findUser = async (name: string): Promise<User | undefined> => {
  const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined)
  return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) }
}

/** Debian, Red Hat and most others; then BusyBox. */
const waysToAdd: [program: string, ...args: string[]][] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/bin/false', ownName],
  ['adduser', '-S', '-D', '-H', '-h', '/nonexistent', '-s', '/bin/false', ownName],
]

/**
 * PostgreSQL's own user, made when missing; undefined when the launcher is not root, and PostgreSQL may run as its user.
 * @throws {Error} with one sentence for the operator when no user can be made or found
 */
export async function postgresUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = await findUser(ownName)
  if (known) return known
  for (const [program, ...args] of waysToAdd) {
    await run(program, args).catch(() => undefined)
    const added = await findUser(ownName)
    if (added) return added
  }
  const existing = await findUser('postgres')
  if (existing) return existing
  throw new Error(`PostgreSQL does not run as root and the user ${ownName} could not be made: add it, or start as another user.`)
}

/**
 * Whether the mode of `path` gives `user` all of `bits` (read 4, write 2, enter or execute 1)
 * and every folder above lets that user through.
 */
export async function isReachable(path: string, user: User, bits: number): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined || !(await allows(real, user, bits))) return false
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (!(await allows(folder, user, 0o1))) return false
    if (folder === dirname(folder)) return true
  }
}

/** One class of bits counts, as in the kernel: the owner's for the owner, even where the group's would allow more. */
async function allows(path: string, user: User, bits: number): Promise<boolean> {
  const { uid, gid, mode } = await stat(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}

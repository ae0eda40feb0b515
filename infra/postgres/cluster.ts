import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readFile, readlink, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binariesFor } from './binaries.ts'
import { runProgram } from './program.ts'
import { isReachable, postgresUser, systemFolder, type User } from './user.ts'

/** A database cluster on disk, ready to be started. `user` is undefined when PostgreSQL runs as the launcher's own user. */
export type Cluster = { folder: string; user: User | undefined; password: string }

export const superuser = 'meanwhile'
const passwordFile = 'meanwhile.password'

/**
 * The cluster in `<dataDir>/postgres`; made when there is none.
 * As root, a folder that PostgreSQL's user cannot enter gets a link there, and the cluster lives in a folder of the system.
 * @throws {Error} with a sentence for the operator when what is there cannot be used
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const path = join(dataDir, 'postgres')
  await finishMove(path)
  if (await isThere(path)) {
    const cluster = await readCluster(path)
    if (!cluster.user || (await isReachable(cluster.folder, cluster.user, 0o7))) return cluster
    await moveOut(path)
    return readCluster(path)
  }
  await createCluster(path, await postgresUser())
  return readCluster(path)
}

const isThere = async (path: string) => (await lstat(path).catch(() => undefined)) !== undefined

async function readCluster(path: string): Promise<Cluster> {
  // A link to nothing is refused: starting with an empty database would hide the loss.
  const folder = await realpath(path).catch(async () => {
    throw new Error(`${path} points to ${await readlink(path)}, which is gone: restore that database, or remove the link.`)
  })
  const password = await readFile(join(folder, passwordFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Error(`${path} is not a database of Meanwhile: move it away.`)
    throw new Error(`${path} belongs to another user: start as that user or as root (${error.code}).`)
  })
  return { folder, user: await ownerOf(folder), password }
}

/** As root, a cluster runs as its owner: also one that an ordinary user made before. */
async function ownerOf(folder: string): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = await stat(folder)
  return { uid, gid }
}

/** initdb works beside the final name, which appears when everything is on disk: a start that was cut off leaves nothing half made. */
async function createCluster(path: string, user: User | undefined) {
  const canEnter = !user || (await isReachable(join(path, '..'), user, 0o1))
  const target = canEnter ? path : await folderOfSystem()
  const work = `${target}.new`
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  const pwfile = join(work, passwordFile)
  await writeFile(pwfile, password, { mode: 0o600 })
  if (user) for (const owned of [work, pwfile]) await chown(owned, user.uid, user.gid)

  const cluster = join(work, 'cluster')
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${superuser}`, `--pwfile=${pwfile}`, '--auth=scram-sha-256']
  await runProgram(join(await binariesFor(user), 'bin/initdb'), [`--pgdata=${cluster}`, ...locale, ...access], user)
  await rename(pwfile, join(cluster, passwordFile))

  if (target === path) await rename(cluster, path)
  else await moveBehindLink(cluster, target, path)
  await rm(work, { recursive: true, force: true })
}

/** The name is random: one derived from the data folder's would bring back the old database of a folder that was deleted. */
async function folderOfSystem(): Promise<string> {
  const home = join(systemFolder, randomBytes(8).toString('hex'))
  await mkdir(home, { recursive: true })
  for (const folder of [systemFolder, home]) await chmod(folder, 0o755)
  return join(home, 'postgres')
}

async function moveOut(path: string) {
  const target = await folderOfSystem()
  await moveBehindLink(path, target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    throw new Error(
      `PostgreSQL's user cannot enter ${path}, and it lies on another disk than ${systemFolder}: move the data folder.`,
    )
  })
}

/** The link is written down before the folder moves, so that a start that is cut off here never loses sight of the database. */
async function moveBehindLink(from: string, target: string, path: string) {
  await rm(`${path}.link`, { force: true })
  await symlink(target, `${path}.link`)
  await rename(from, target)
  await finishMove(path)
}

async function finishMove(path: string) {
  if (await isThere(path)) return
  if (await realpath(`${path}.link`).catch(() => undefined)) await rename(`${path}.link`, path)
}

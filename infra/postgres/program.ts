import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import type { User } from './user.ts'

/** Starts one of PostgreSQL's programs as its user, from a folder that everybody can enter, without the launcher's secrets. */
export const spawnProgram = (path: string, args: string[], user: User | undefined, options: SpawnOptions = {}): ChildProcess =>
  spawn(path, args, {
    ...options,
    ...user,
    cwd: '/',
    // Readiness is read from its messages, so they must be English.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/**
 * Runs a program to its end.
 * @throws {Error} with the last lines it wrote when it fails
 */
export async function runProgram(path: string, args: string[], user: User | undefined): Promise<void> {
  const child = spawnProgram(path, args, user)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${path} failed:\n${lastLines(output)}`)
}

export const lastLines = (text: string, count = 12) => text.trimEnd().split('\n').slice(-count).join('\n')

let prefix: Promise<string[]> | undefined

/**
 * The start of a command line whose program gets SIGINT when this process is killed, which ends PostgreSQL in good order.
 * Empty where the system cannot do that: there the next start stops what is left.
 */
export const endingWithParent = (): Promise<string[]> => {
  const setpriv = ['setpriv', '--pdeathsig', 'INT', '--']
  prefix ??= promisify(execFile)('setpriv', [...setpriv.slice(1), 'true']).then(
    () => setpriv,
    () => [],
  )
  return prefix
}

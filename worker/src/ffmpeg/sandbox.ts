import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What one child may use. */
export type Limits = { deadlineMs: number; fileBytes: number }

/** Programs that start another one with less power; those that this system has and allows. */
export type Sandbox = { prlimit: boolean; unshare: boolean; setpriv: boolean }

/** Address space of one child: twice what the largest picture that we accept needs to be decoded. */
const addressSpaceBytes = 4 * 1024 ** 3
const mebibyte = 1024 ** 2

// Without the network it can reach nobody, whatever a file asks for. RELIABILITY rule 11.
const unshare = ['unshare', '--map-root-user', '--net', '--']
// A worker that is killed cannot end its children any more: the kernel does. Behind unshare, because new rights clear it.
export const setpriv = ['setpriv', '--pdeathsig', 'KILL', '--']

async function starts(prefix: string[], env: NodeJS.ProcessEnv) {
  const [program = '', ...args] = [...prefix, 'true']
  return run(program, args, { env, timeout: 5_000 }).then(
    () => true,
    () => false,
  )
}

/** Finds out once what this system allows: containers often forbid `unshare`, and only Linux has any of it. */
export async function detectSandbox(env: NodeJS.ProcessEnv): Promise<Sandbox> {
  const [hasPrlimit, hasUnshare, hasSetpriv] = await Promise.all([
    starts(['prlimit', '--core=0', '--'], env),
    starts(unshare, env),
    starts(setpriv, env),
  ])
  return { prlimit: hasPrlimit, unshare: hasUnshare, setpriv: hasSetpriv }
}

/** The command line that starts a program within its limits. Each link replaces itself by the next: it stays one process. */
export function sandboxed(sandbox: Sandbox, limits: Limits, program: string): [string, ...string[]] {
  const cpuSeconds = Math.ceil((limits.deadlineMs / 1000) * availableParallelism())
  // A little above `-fs`, which ends a file properly.
  const fileBytes = Math.ceil(limits.fileBytes + 32 * mebibyte)
  const prlimit = ['prlimit', `--as=${addressSpaceBytes}`, `--cpu=${cpuSeconds}`, `--fsize=${fileBytes}`, '--core=0', '--']
  const line = [
    ...(sandbox.prlimit ? prlimit : []),
    ...(sandbox.unshare ? unshare : []),
    ...(sandbox.setpriv ? setpriv : []),
    program,
  ]
  return line as [string, ...string[]]
}

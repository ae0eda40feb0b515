import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { detectSandbox, setpriv } from '../ffmpeg/sandbox.ts'
import { watchOver } from '../watch-over.ts'

/** Recording, watching and ffmpeg come first. */
const niceness = 15
const keptBytes = 4_000
/** What a shell and `setpriv` answer for a program that there is not. */
const missingCode = 127

/** `isMissing`: there is no such program. */
export class ProgramError extends Error {
  readonly isMissing: boolean
  constructor(message: string, { isMissing }: { isMissing: boolean }) {
    super(message)
    this.name = 'ProgramError'
    this.isMissing = isMissing
  }
}

type Options = { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal; deadlineMs: number }

function giveWay({ pid }: ChildProcess) {
  try {
    if (pid !== undefined) setPriority(pid, niceness)
  } catch {
    // It has ended already.
  }
}

/**
 * Runs a program of the operator's in its own session, without a shell. All of it ends at its deadline, when the signal aborts, and, where
 * the system can do that, with this process. @throws {DeadlineError | ProgramError} or the signal's reason
 */
export async function runProgram(program: string, args: string[], { cwd, env, signal, deadlineMs }: Options): Promise<void> {
  const sandbox = await detectSandbox(env)
  const [first = program, ...rest] = [...(sandbox.setpriv ? setpriv : []), program, ...args]
  signal.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const child = spawn(first, rest, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] })
    giveWay(child)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-keptBytes)
    })
    const watch = watchOver(child, { deadlineMs, signal })
    child.once('error', (error) => {
      watch.stop()
      reject(new ProgramError(error.message, { isMissing: 'code' in error && error.code === 'ENOENT' }))
    })
    child.once('close', (code, name) => {
      watch.stop()
      if (watch.reason) reject(watch.reason)
      else if (code === 0) resolve()
      else reject(new ProgramError(`it ended with ${code ?? name}: ${said.trim()}`, { isMissing: code === missingCode }))
    })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { buildWeb } from './build-web.ts'
import { failedChecks } from './check.ts'
import { signal } from './processes.ts'
import { root } from './root.ts'
import { endWithParent, samePressMs, stopSignals } from './shutdown.ts'
import { useTemporaryFolder } from './temporary-folder.ts'
import { provideTools } from './tools.ts'

export type Counts = { passed: number; failed: number; skipped: number }

/**
 * What `npm test` runs: checks, then every test, or those of the files whose path holds one of `filters`.
 * The last line is `N passed, N failed, N skipped`; a check, a build or a file that fails as a whole counts as one failed.
 */
export async function test(filters: string[]) {
  for (const sentence of await provideTools()) process.stdout.write(`${sentence}\n`)
  const failedBefore = (await failedChecks()) + (await failedBuilds())
  const { counts, isStopped } = await runTests(filters)
  const failed = counts.failed + failedBefore
  const exitCode = isStopped ? 130 : failed === 0 ? 0 : 1
  process.stdout.write(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`, () => process.exit(exitCode))
}

async function failedBuilds(): Promise<number> {
  try {
    await buildWeb()
    return 0
  } catch (error) {
    process.stdout.write(`The web app could not be built: ${(error as Error).message}\n`)
    return 1
  }
}

/** However the tests end, neither a process of theirs nor a file stays. */
async function runTests(filters: string[]) {
  const removeFolder = await useTemporaryFolder()
  const args = ['--import', 'tsx', 'infra/run-tests.ts', ...filters]
  const child = spawn(process.execPath, args, { cwd: root, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  // What is counted when the run itself dies.
  let counts: Counts = { passed: 0, failed: 1, skipped: 0 }
  child.on('message', (message) => {
    counts = message as Counts
  })
  const stopping = passOnStop(child)
  await once(child, 'exit')
  if (child.pid) signal(-child.pid, 'SIGKILL')
  await removeFolder()
  return { counts, isStopped: stopping.isRequested() }
}

function passOnStop(child: ChildProcess) {
  let requestedAt: number | undefined
  const request = () => {
    if (requestedAt === undefined) process.stdout.write('Stopping when the tests that run have ended; once more to hurry\n')
    else if (Date.now() - requestedAt < samePressMs) return
    requestedAt ??= Date.now()
    if (child.connected) child.send('stop')
  }
  for (const name of stopSignals) process.on(name, request)
  endWithParent(request)
  return { isRequested: () => requestedAt !== undefined }
}

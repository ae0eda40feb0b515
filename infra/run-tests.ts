// The tests of `npm test`, in a process and a session of their own: Ctrl-C in a terminal must not reach what they started.
// Any message asks it to stop, a second one to hurry; it answers with what it counted.
import { createVitest, type TestCase, type Vitest } from 'vitest/node'
import { root } from './root.ts'
import type { Counts } from './test.ts'

const patienceMs = 10_000

const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
let vitest: Vitest | undefined
let hurrying: NodeJS.Timeout | undefined

/** Tests that run come to their end, and clean up; the second time Vitest ends them. */
function stop() {
  hurrying ??= setInterval(stop, patienceMs).unref()
  vitest?.cancelCurrentRun('keyboard-input').catch(() => undefined)
}
process.on('message', stop)
process.on('disconnect', stop)
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  vitest = await createVitest('test', { root, watch: false, run: true })
  if (!hurrying) await vitest.start(process.argv.slice(2))
  count(vitest)
} catch (error) {
  process.stdout.write(`The tests could not be run: ${(error as Error).stack}\n`)
  counts.failed++
}
await vitest?.close()
if (process.connected) process.send?.(counts, () => process.exit())
else process.exit()

function count({ state }: Vitest) {
  counts.failed += state.getUnhandledErrors().length
  for (const module of state.getTestModules()) {
    const failedBefore = counts.failed
    for (const test of module.children.allTests()) countTest(test)
    if (!module.ok() && counts.failed === failedBefore) counts.failed++
  }
}

function countTest(test: TestCase) {
  const { state } = test.result()
  // A test that never came to an end is one whose process died.
  counts[state === 'pending' ? 'failed' : state]++
}

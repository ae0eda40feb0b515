import { createVitest, type Vitest } from 'vitest/node'
import { buildWeb } from './build-web.ts'
import { failedChecks } from './check.ts'
import { root } from './root.ts'
import { provideTools } from './tools.ts'

type Counts = { passed: number; failed: number; skipped: number }

/**
 * What `npm test` runs: checks, then every test, or those of the files whose path holds one of `filters`.
 * The last line is `N passed, N failed, N skipped`; a check, a build or a file that fails as a whole counts as one failed.
 */
export async function test(filters: string[]) {
  for (const sentence of await provideTools()) process.stdout.write(`${sentence}\n`)
  const counts: Counts = { passed: 0, failed: await failedChecks(), skipped: 0 }
  counts.failed += await failedBuilds()
  await runTests(filters, counts)
  const { passed, failed, skipped } = counts
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`, () => process.exit(failed === 0 ? 0 : 1))
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

async function runTests(filters: string[], counts: Counts) {
  const vitest = await createVitest('test', { root, watch: false, run: true })
  try {
    await vitest.start(filters)
    count(vitest, counts)
  } catch (error) {
    process.stdout.write(`The tests could not be run: ${(error as Error).stack}\n`)
    counts.failed++
  } finally {
    await vitest.close()
  }
}

function count(vitest: Vitest, counts: Counts) {
  counts.failed += vitest.state.getUnhandledErrors().length
  for (const module of vitest.state.getTestModules()) {
    const failedBefore = counts.failed
    for (const { state } of [...module.children.allTests()].map((one) => one.result())) {
      // A test that never came to an end is one whose process died.
      counts[state === 'pending' ? 'failed' : state]++
    }
    if (!module.ok() && counts.failed === failedBefore) counts.failed++
  }
}

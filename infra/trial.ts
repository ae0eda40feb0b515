import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@meanwhile/shared/platform/log'
import { buildWeb } from './build-web.ts'
import { startPostgres } from './postgres.ts'
import { root } from './root.ts'
import { stopSignals } from './shutdown.ts'
import { useTemporaryFolder } from './temporary-folder.ts'
import { provideTools } from './tools.ts'

/** What a program of `tests/faults` exports by default: it prints what it finds and resolves to whether all was well. */
export type Trial = (args: string[], databaseUrl: string) => Promise<boolean>

/** Runs a trial on an empty database of its own and ends the process, with 1 when not all was well. */
export async function runTrial(file: string, args: string[]) {
  for (const sentence of await provideTools()) process.stderr.write(`${sentence}\n`)
  if (!process.env.CHROMIUM_PATH) throw new Error('Chromium is needed.')
  await buildWeb()
  const removeFolder = await useTemporaryFolder()
  for (const name of stopSignals) process.on(name, () => process.exit(130))
  const log = createLog('silent', 'trial')
  const postgres = await startPostgres({ dataDir: await mkdtemp(join(tmpdir(), 'postgres-')), log })
  const { default: trial } = (await import(join(root, 'tests/faults', file))) as { default: Trial }
  let isWell = false
  try {
    isWell = await trial(args, postgres.url)
  } finally {
    await postgres.stop()
    await removeFolder()
  }
  process.exit(isWell ? 0 : 1)
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@meanwhile/shared/platform/log'
import { startPostgres } from './postgres.ts'

const pauseMs = 1_000

/** `lost` rejects when PostgreSQL ended and could not be started again. */
export type KeptPostgres = { url: string; lost: Promise<void>; stop: () => Promise<void> }

/** Runs the embedded PostgreSQL for as long as the launcher runs: one that was killed comes back under the same URL. */
export async function keepPostgres(dataDir: string, log: Log): Promise<KeptPostgres> {
  let running = await startPostgres({ dataDir, log })
  const { url, port } = running
  let isStopping = false

  async function watch() {
    for (;;) {
      await running.ended
      if (isStopping) return
      log.error('PostgreSQL ended; starting it again')
      await sleep(pauseMs)
      if (isStopping) return
      running = await startPostgres({ dataDir, log, port })
      if (isStopping) await running.stop()
    }
  }

  const lost = watch()
  lost.catch(() => undefined)
  const stop = async () => {
    isStopping = true
    await running.stop()
    await lost.catch(() => undefined)
  }
  return { url, lost, stop }
}

import type { StageName } from '@meanwhile/shared/contract/videos'
import type { StageJob } from '@meanwhile/shared/platform/jobs'

/** Those that encode the whole recording, and the one that may wait for somebody else for as long. */
const longStages: readonly StageName[] = ['import', 'download', 'renditions', 'transcript']

/**
 * Keeps a place free for short stages: without it two long encodings would let the original of the next video wait for minutes.
 * A long stage that finds no place is put back when one becomes free; the reconciler would do it too.
 * @param places how many stages this process does at once
 */
export function createLanes(places: number, putBack: (job: StageJob) => Promise<void>) {
  const longPlaces = Math.max(1, places - 1)
  const waiting: StageJob[] = []
  let taken = 0
  return {
    /** The jobs that wait for a place. */
    waiting: (): readonly StageJob[] => waiting,
    /** Runs `work`, or keeps the job for later. */
    async run(job: StageJob, work: () => Promise<void>): Promise<void> {
      if (!longStages.includes(job.stage)) return work()
      if (taken >= longPlaces) return void waiting.push(job)
      taken++
      try {
        await work()
      } finally {
        taken--
        const next = waiting.shift()
        if (next) await putBack(next)
      }
    },
  }
}

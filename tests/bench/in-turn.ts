import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './median.ts'

/** Something that is timed, in a folder of its own; it may say by itself how many milliseconds count. */
export type Timed = (dir: string) => Promise<number | undefined>

async function msOf(work: Timed): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-bench-'))
  try {
    const start = performance.now()
    return (await work(dir)) ?? performance.now() - start
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Runs ours and its peer in turn, so that both meet the same moods of the machine; the first round of each is not counted. */
export async function inTurn(rounds: number, ours: Timed, peer: Timed): Promise<{ ms: number; ratio: number }> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] }
  for (let round = 0; round <= rounds; round++) {
    const [peerMs, oursMs] = [await msOf(peer), await msOf(ours)]
    if (round > 0) {
      times.peer.push(peerMs)
      times.ours.push(oursMs)
    }
  }
  return { ms: median(times.ours), ratio: median(times.ours) / median(times.peer) }
}

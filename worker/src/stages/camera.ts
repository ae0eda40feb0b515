import { examine, examineCamera } from '../examine.ts'
import { wholeAsset } from './original.ts'
import type { Made, Work } from './stage.ts'

/** The camera as one fast-start MP4 on the clock of the original: one that began later begins later in it. */
export async function camera(work: Work): Promise<Made[]> {
  const { startMs } = await examine(work)
  const source = await examineCamera(work, startMs)
  return source ? [await wholeAsset(work, source, 'camera')] : []
}

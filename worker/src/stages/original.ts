import { join } from 'node:path'
import { rememberChecked, writeChecked } from '../checked.ts'
import { examine, type Source } from '../examine.ts'
import { verifyMp4 } from '../verify.ts'
import { expectedOf, makeWhole } from '../whole.ts'
import type { Made, Work } from './stage.ts'

/** One file of a source; all bytes of its tracks are compared with the ledger on the way. */
export async function wholeAsset(work: Work, source: Source, name: string): Promise<Made> {
  const file = join(work.dir, `${name}.mp4`)
  const checked = rememberChecked()
  const codecs = await makeWhole(work, source, file, checked)
  await writeChecked(
    work,
    source.tracks.map(({ ledger }) => ledger),
    checked,
  )
  const made = await verifyMp4(work, file, expectedOf(source))
  const size = made.video ? { width: made.video.width, height: made.video.height } : {}
  return { name, file, ...size, durationMs: Math.round(made.durationMs), codecs }
}

/** The recording as one fast-start MP4: the first thing to be played as soon as it exists. */
export async function original(work: Work): Promise<Made[]> {
  return [await wholeAsset(work, await examine(work), 'original')]
}

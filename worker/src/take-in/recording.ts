import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Track } from '@meanwhile/shared/contract/videos'
import type { segments } from '@meanwhile/shared/db/schema/videos'
import { CaptionsError, type Cue, decodeCaptions, parseCaptions, writeCaptions } from '@meanwhile/shared/media/captions'
import { CmafError } from '@meanwhile/shared/media/cmaf'
import { keys } from '@meanwhile/shared/platform/keys'
import type { VideoRecord } from '@meanwhile/shared/platform/workspace-file'
import { reasonFor, StageFailure } from '../failure.ts'
import { DeadlineError, FfmpegError } from '../ffmpeg/errors.ts'
import { convertUpload } from '../import/convert-upload.ts'
import { lookAtFile } from '../import/look.ts'
import type { Plan } from '../import/plan.ts'
import { clearSegments, storeSegments } from '../import/store.ts'
import type { Work } from '../stages/stage.ts'
import type { OpenExport } from './open-export.ts'

type Segment = typeof segments.$inferInsert
export type BroughtCaptions = {
  language: string
  source: 'author' | 'transcript'
  label: string
  cues: Cue[]
  key: string
  version: string
}
/** A recording whose objects are stored and whose rows are not there yet. `notes` say what of it could not be brought. */
export type BroughtRecording = { rows: Segment[]; captions: BroughtCaptions[]; notes: string[] }

const languageTag = /^[A-Za-z0-9-]{2,35}$/
/** Captions of an hour have about 100 kB. */
const mostCaptionBytes = 8 * 1024 * 1024

/** The file is to blame, and not the machine: nobody waits for it to be another one. */
export const isAboutFile = (error: unknown): boolean =>
  [StageFailure, FfmpegError, DeadlineError, CmafError].some((kind) => error instanceof kind)

/** What is played as one file of each track; null where there is none, or several that only a recorder could join. */
function filesOf({ original, camera, recorded }: VideoRecord): { main: string | null; camera: string | null } {
  if (original) return { main: original, camera }
  const of = (track: Track) => recorded.filter((each) => each.track === track).map(({ path }) => path)
  const [main, beside, apart] = [of('main'), of('camera'), of('audio')]
  const single = main.length === 1 && apart.length === 0
  return { main: single ? (main[0] ?? null) : null, camera: single && beside.length === 1 ? (beside[0] ?? null) : null }
}

/** The camera on the clock of `main`, which began at `zeroMs` of it: one that began later begins later. */
function besides(plan: Plan, startMs: number, zeroMs: number): Plan {
  const laterMs = Math.max(0, startMs - zeroMs)
  const { picture } = plan
  if (!picture) throw new StageFailure('There is no picture in the recording of the camera.', { isFinal: true })
  return {
    ...{ ...plan, sound: null, zeroMs: startMs - laterMs, durationMs: plan.durationMs + laterMs },
    picture: { ...picture, startMs: picture.startMs + laterMs, endMs: picture.endMs + laterMs },
  }
}

async function bringTrack(work: Work, from: OpenExport, path: string, track: Track, zeroMs: number) {
  const file = join(work.dir, `${track}.upload`)
  try {
    await from.extract(path, file, work.signal)
    const looked = await lookAtFile(work, file)
    const plan = track === 'camera' ? besides(looked.plan, looked.startMs, zeroMs) : looked.plan
    const converted = await convertUpload(work, file, looked.container, plan)
    await rm(file, { force: true })
    await clearSegments(work, track)
    const rows = await storeSegments(work, converted.file, converted.fragments, () => {}, track)
    await rm(converted.file, { force: true })
    return { rows, zeroMs: plan.zeroMs, remarks: plan.remarks }
  } finally {
    await rm(file, { force: true })
  }
}

async function readCues(from: OpenExport, path: string): Promise<Cue[]> {
  if (from.sizeOf(path) > mostCaptionBytes) throw new StageFailure(`${path} in the export is too large`, { isFinal: true })
  const chunks: Buffer[] = []
  for await (const chunk of from.bytesOf(path)) chunks.push(chunk)
  try {
    return parseCaptions(decodeCaptions(Buffer.concat(chunks)))
  } catch (error) {
    throw error instanceof CaptionsError ? new StageFailure(`${path} in the export cannot be read`, { isFinal: true }) : error
  }
}

async function bringCaptions(work: Work, from: OpenExport, record: VideoRecord, notes: string[]): Promise<BroughtCaptions[]> {
  const brought = new Map<string, BroughtCaptions>()
  for (const { language, source, label, path } of record.captions) {
    if (brought.has(`${language} ${source}`) || !languageTag.test(language)) continue
    try {
      const cues = await readCues(from, path)
      const version = randomUUID()
      const key = keys.asset(work.videoId, version, 'captions.vtt')
      const file = join(work.storage.incomingDir, version)
      await writeFile(file, writeCaptions(cues), { mode: 0o600 })
      await work.storage.putFile(key, file).finally(() => rm(file, { force: true }))
      brought.set(`${language} ${source}`, { language, source, label, cues, key, version })
    } catch (error) {
      if (!(error instanceof StageFailure && error.isFinal)) throw error
      notes.push(error.message)
    }
  }
  return [...brought.values()]
}

/**
 * Makes segments of the files of a recording as of every file that is uploaded: what it is, is found out by its bytes, within the same
 * limits. The camera stays a track of its own. @throws {StageFailure} when there is no recording to be made of it
 */
export async function bringRecording(work: Work, from: OpenExport, record: VideoRecord): Promise<BroughtRecording> {
  const files = filesOf(record)
  if (!files.main) throw new StageFailure('it was not complete when it was exported', { isFinal: true })
  const main = await bringTrack(work, from, files.main, 'main', 0)
  const notes = [...main.remarks]
  const rows = main.rows
  if (files.camera)
    try {
      rows.push(...(await bringTrack(work, from, files.camera, 'camera', main.zeroMs)).rows)
    } catch (error) {
      work.signal.throwIfAborted()
      if (!isAboutFile(error)) throw error
      notes.push(`its camera is missing: ${reasonFor(error)}`)
    }
  return { rows, captions: await bringCaptions(work, from, record, notes), notes }
}

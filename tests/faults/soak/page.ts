// Runs in the browser: the recorder's own spool and uploader, fed with segments that were recorded before.
import type { Track } from '@meanwhile/shared/contract/videos'
import { RecordingError } from '../../../web/src/recorder/recording-problem.ts'
import { openSpool } from '../../../web/src/recorder/spool/spool.ts'
import { newNote } from '../../../web/src/recorder/spool/spool-note.ts'
import { sendRecording } from '../../../web/src/recorder/upload/send-recording.ts'

/** `durationsMs` of the segments of each track; the first is that of the init segment, 0. */
export type Fed = {
  userId: string
  title: string
  tracks: { name: Track; durationsMs: number[] }[]
  /** How many segments may wait for the uploader before the next one is recorded. */
  mostAhead: number
}
export type Outcome = {
  /** What the page and its workers held in memory, in bytes, taken at even distances. */
  heldBytes: number[]
  /** How many segments of each track found room. */
  kept: Partial<Record<Track, number>>
  /** Why the next one did not; null when all did. */
  refusal: string | null
}

type Memory = { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }
const measures = 12

async function feed({ userId, title, tracks, mostAhead }: Fed): Promise<Outcome> {
  const outcome: Outcome = { heldBytes: [], kept: {}, refusal: null }
  const spool = await openSpool(newNote({ userId, title, tracks: tracks.map(({ name }) => name) }))
  if (spool.place !== 'opfs') throw new Error(`the spool is in ${spool.place}`)
  let moved = () => {}
  const { signal } = new AbortController()
  const sent = sendRecording(spool, { signal, onProgress: () => moved() })
  const count = Math.max(...tracks.map(({ durationsMs }) => durationsMs.length))

  async function append(number: number) {
    for (const { name, durationsMs } of tracks) {
      const durationMs = durationsMs[number]
      if (durationMs === undefined) continue
      const answer = await fetch(`/soak/${name}/${number}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      await spool.append({ track: name, number, bytes, durationMs }, number * 2000)
      outcome.kept[name] = number + 1
    }
  }
  for (let number = 0; number < count && outcome.refusal === null; number++) {
    await append(number).catch((error) => {
      outcome.refusal = error instanceof RecordingError ? error.problem.name : String(error)
    })
    while (spool.total - spool.sent > mostAhead)
      await new Promise<void>((resolve) => {
        moved = resolve
      })
    if (number % Math.ceil(count / measures) > 0) continue
    const { bytes } = await (performance as unknown as Memory).measureUserAgentSpecificMemory()
    outcome.heldBytes.push(bytes)
  }
  await spool.close()
  document.title = 'Recorded'
  await sent
  return outcome
}

Object.assign(globalThis, { feed })

import type { BubbleLayout, Chapter } from '@meanwhile/shared/contract/edits'
import type { finishFile, storeFilePart } from '@meanwhile/shared/contract/file-parts'
import type {
  changeVideo,
  finishVideo,
  readUpload,
  readVideo,
  reportUpload,
  storeSegment,
  UploadState,
  Video,
} from '@meanwhile/shared/contract/videos'
import { call, urlFor, type Wire } from '../../api.ts'
import type { SpoolTrack } from '../segment.ts'
import type { SpooledSegment } from '../spool/spool.ts'
import type { SpoolTotals } from '../spool/spool-contents.ts'
import { sendForm } from './send-form.ts'

/** What the uploader needs of the API; each throws ApiError. */
export type UploadApi = {
  putSegment(videoId: string, segment: SpooledSegment, signal: AbortSignal): Promise<unknown>
  readUpload(videoId: string, signal: AbortSignal): Promise<UploadState>
  /** What people see of it so far. */
  readVideo(
    videoId: string,
    signal: AbortSignal,
  ): Promise<Pick<Wire<typeof Video>, 'finishedAt' | 'chapters' | 'chaptersFrom' | 'layout'>>
  /** The recorder's sign of life. */
  report(videoId: string, totals: SpoolTotals, clockMs: number, signal: AbortSignal): Promise<unknown>
  describe(videoId: string, about: { chapters: Chapter[]; layout: BubbleLayout | null }, signal: AbortSignal): Promise<unknown>
  /** `last` are the numbers of the last segments. */
  finish(videoId: string, last: Partial<Record<SpoolTrack, number>>, clockMs: number, signal: AbortSignal): Promise<unknown>
  finishFile(
    videoId: string,
    file: { parts: number; sizeBytes: number; name?: string; clockMs?: number },
    signal: AbortSignal,
  ): Promise<unknown>
}

const segmentUrl: (typeof storeSegment)['url'] = '/api/videos/:videoId/tracks/:track/segments/:number'
const partUrl: (typeof storeFilePart)['url'] = '/api/videos/:videoId/file/parts/:number'
const uploadUrl: (typeof readUpload)['url'] = '/api/videos/:videoId/upload'

/** The part of the API that takes recordings, asked by the person who recorded: what is theirs never goes to the account of another. */
export const uploadApiOf = (as: string): UploadApi => ({
  putSegment(videoId, segment, signal) {
    const { track, number } = segment
    const url = track === 'file' ? urlFor(partUrl, { videoId, number }) : urlFor(segmentUrl, { videoId, track, number })
    return sendForm('PUT', url, formOf(segment), as, signal)
  },
  readUpload: (videoId, signal) => call<typeof readUpload>('GET', uploadUrl, { params: { videoId }, as, signal }),
  readVideo: (videoId, signal) => call<typeof readVideo>('GET', '/api/videos/:videoId', { params: { videoId }, as, signal }),
  report(videoId, { file, ...tracks }, clockMs, signal) {
    const said = Object.entries(tracks).map(([track, { segments, durationMs }]) => [
      track,
      { segments, durationMs: Math.round(durationMs) },
    ])
    const ofFile = file && { file: { parts: file.segments, durationMs: Math.round(file.durationMs) } }
    const body = { tracks: Object.fromEntries(said), ...ofFile, clockMs: Math.round(clockMs) }
    return call<typeof reportUpload>('PUT', uploadUrl, { params: { videoId }, body, as, signal })
  },
  describe: (videoId, { chapters, layout }, signal) =>
    call<typeof changeVideo>('PATCH', '/api/videos/:videoId', {
      params: { videoId },
      as,
      body: { ...(chapters.length > 0 ? { chapters } : {}), ...(layout ? { layout } : {}) },
      signal,
    }),
  finish(videoId, last, clockMs, signal) {
    const tracks = Object.fromEntries(Object.entries(last).map(([track, segments]) => [track, { segments }]))
    const body = { tracks, clockMs: Math.round(clockMs) }
    return call<typeof finishVideo>('POST', '/api/videos/:videoId/finish', { params: { videoId }, body, as, signal })
  },
  finishFile: (videoId, { clockMs, ...file }, signal) =>
    call<typeof finishFile>('POST', '/api/videos/:videoId/file/finish', {
      params: { videoId },
      as,
      body: clockMs === undefined ? file : { ...file, clockMs: Math.round(clockMs) },
      signal,
    }),
})

/** The text fields come first, so that the server knows what to expect before the bytes arrive. */
function formOf({ track, body, sha256, durationMs, codecs, width, height }: SpooledSegment): FormData {
  const form = new FormData()
  const fields = track === 'file' ? { sha256 } : { sha256, durationMs, codecs, width, height }
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value))
  form.append('file', new Blob([body], { type: 'video/mp4' }), 'segment.m4s')
  return form
}

import type { finishVideo, readUpload, storeSegment } from '@meanwhile/shared/contract/videos'
import { type Answer, answerOf, call, unreachable, urlFor } from '../api.ts'
import type { SpooledSegment } from './spool.ts'
import type { UploadApi } from './uploader.ts'

type StoreSegment = typeof storeSegment
const segmentMethod: StoreSegment['method'] = 'PUT'
const segmentUrl: StoreSegment['url'] = '/api/videos/:videoId/tracks/:track/segments/:number'

/** A request that has not moved a byte for this long is given up and made again. */
const stallMs = 30_000

/** The part of the API that takes recordings. */
export const uploadApi: UploadApi = {
  putSegment(videoId, segment, signal) {
    const url = urlFor(segmentUrl, { videoId, track: 'main', number: segment.number })
    return send(segmentMethod, url, formOf(segment), signal) as Promise<Answer<StoreSegment>>
  },
  readUpload: (videoId, signal) => call<typeof readUpload>('GET', '/api/videos/:videoId/upload', { params: { videoId }, signal }),
  finish: (videoId, segments, signal) =>
    call<typeof finishVideo>('POST', '/api/videos/:videoId/finish', {
      params: { videoId },
      body: { tracks: { main: { segments } } },
      signal,
    }),
}

/** The text fields come first, so that the server knows what to expect before the bytes arrive. */
function formOf({ bytes, sha256, durationMs, codecs, width, height }: SpooledSegment): FormData {
  const form = new FormData()
  const fields = { sha256, durationMs, codecs, width, height }
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value))
  form.append('file', new Blob([bytes], { type: 'video/mp4' }), 'segment.m4s')
  return form
}

/** A request whose upload is watched: only XMLHttpRequest says how far the bytes have come. */
function send(method: string, url: string, body: FormData, signal: AbortSignal): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    const request = new XMLHttpRequest()
    let timer = setTimeout(giveUp, stallMs)
    function giveUp() {
      request.abort()
    }
    function moved() {
      clearTimeout(timer)
      timer = setTimeout(giveUp, stallMs)
    }
    function settled() {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
    signal.addEventListener('abort', giveUp)
    request.upload.addEventListener('progress', moved)
    request.addEventListener('progress', moved)
    request.addEventListener('loadend', settled)
    request.addEventListener('load', () => resolve(answerOf(new Response(request.responseText, { status: request.status }))))
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('abort', () => reject(signal.aborted ? signal.reason : unreachable()))
    request.open(method, url)
    request.setRequestHeader('accept', 'application/json')
    request.send(body)
  })
}

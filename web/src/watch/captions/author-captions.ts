import type { correctCaptions, deleteCaptions, storeCaptions } from '@meanwhile/shared/contract/captions'
import type { Cue } from '@meanwhile/shared/media/captions'
import { type Answer, answerOf, call, unreachable, urlFor } from '../../api.ts'

const one = '/api/videos/:videoId/captions/:language'

/** Which captions are meant. */
export type Target = { videoId: string; language: string }

/** What an author does with the captions of a video. All of it throws ApiError. */
export const authorCaptions = {
  /** Stores a file in WebVTT or SubRip as it is; the server reads it. */
  async store(params: Target, file: Blob): Promise<Answer<typeof storeCaptions>> {
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
    const response = await fetch(urlFor(one, params), { method: 'PUT', headers, body: file }).catch((cause) => {
      throw unreachable(cause)
    })
    return (await answerOf(response)) as Answer<typeof storeCaptions>
  },
  correct: (params: Target, version: string, cues: Cue[]): Promise<Answer<typeof correctCaptions>> =>
    call<typeof correctCaptions>('PATCH', one, { params, body: { version, cues } }),
  remove: (params: Target): Promise<Answer<typeof deleteCaptions>> => call<typeof deleteCaptions>('DELETE', one, { params }),
}

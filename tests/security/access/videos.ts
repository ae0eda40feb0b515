import { candidatesToo, members, readers, theAuthor, theRecorder, withLetIn } from './audiences.ts'
import { row } from './row.ts'

const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi'

export const videoRows = [
  row('GET /api/videos/{videoId}', candidatesToo(withLetIn(readers))),
  row('PATCH /api/videos/{videoId}', candidatesToo(withLetIn(theAuthor)), { body: { chapters: [{ atMs: 0, title: 'Start' }] } }),
  row('GET /api/videos/{videoId}/receipt', withLetIn(members)),
  row('GET /api/videos/{videoId}/upload', candidatesToo(theRecorder)),
  row('PUT /api/videos/{videoId}/upload', candidatesToo(theRecorder), { body: { tracks: {}, clockMs: 0 } }),
  row('PUT /api/videos/{videoId}/tracks/{track}/segments/{number}', candidatesToo(theRecorder)),
  row('POST /api/videos/{videoId}/finish', candidatesToo(theRecorder), { body: { tracks: { main: { segments: 3 } } } }),
  row('PUT /api/videos/{videoId}/file/parts/{number}', candidatesToo(theRecorder)),
  row('POST /api/videos/{videoId}/file/finish', candidatesToo(theRecorder), { body: { parts: 1, sizeBytes: 1 } }),
  row('POST /api/videos/{videoId}/stages/{stage}/retry', withLetIn(theAuthor)),
  row('GET /api/videos/{videoId}/captions', withLetIn(readers)),
  row('GET /api/videos/{videoId}/captions/{language}', withLetIn(readers)),
  row('PUT /api/videos/{videoId}/captions/{language}', withLetIn(theAuthor), { text: vtt }),
  row('PATCH /api/videos/{videoId}/captions/{language}', withLetIn(theAuthor), {
    body: () => ({ version: crypto.randomUUID() }),
  }),
  row('DELETE /api/videos/{videoId}/captions/{language}', withLetIn(theAuthor), { fresh: 'update' }),
]

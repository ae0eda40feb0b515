import { members, readers, theAuthor, theRecorder } from './audiences.ts'
import { row } from './row.ts'

const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi'

export const videoRows = [
  row('GET /api/videos/{videoId}', readers),
  row('PATCH /api/videos/{videoId}', theAuthor, { body: { chapters: [{ atMs: 0, title: 'Start' }] } }),
  row('GET /api/videos/{videoId}/receipt', members),
  row('GET /api/videos/{videoId}/upload', theRecorder),
  row('PUT /api/videos/{videoId}/upload', theRecorder, { body: { tracks: {}, clockMs: 0 } }),
  row('PUT /api/videos/{videoId}/tracks/{track}/segments/{number}', theRecorder),
  row('POST /api/videos/{videoId}/finish', theRecorder, { body: { tracks: { main: { segments: 3 } } } }),
  row('PUT /api/videos/{videoId}/file/parts/{number}', theRecorder),
  row('POST /api/videos/{videoId}/file/finish', theRecorder, { body: { parts: 1, sizeBytes: 1 } }),
  row('POST /api/videos/{videoId}/stages/{stage}/retry', theAuthor),
  row('GET /api/videos/{videoId}/captions', readers),
  row('GET /api/videos/{videoId}/captions/{language}', readers),
  row('PUT /api/videos/{videoId}/captions/{language}', theAuthor, { text: vtt }),
  row('PATCH /api/videos/{videoId}/captions/{language}', theAuthor, { body: () => ({ version: crypto.randomUUID() }) }),
  row('DELETE /api/videos/{videoId}/captions/{language}', theAuthor, { fresh: 'update' }),
]

import * as z from 'zod'
import { maxCueLength, maxCues } from '../media/captions.ts'
import { Empty, endpoint, IsoDate, MediaMs, plainText } from './endpoint.ts'
import { MediaUrl, VideoParams } from './media-url.ts'

/** Who made captions: a person, or the stage `transcript`. */
export const CaptionSource = z.enum(['author', 'transcript']).meta({ id: 'CaptionSource' })
export type CaptionSource = z.infer<typeof CaptionSource>

export const CaptionTrack = z
  .object({
    language: z.string().describe('BCP 47, such as en or pt-BR; und where nobody knows'),
    label: z.string().describe('What the author called it, else what the language calls itself'),
    source: CaptionSource,
    url: MediaUrl.describe('WebVTT of plain text, on the recorded clock'),
  })
  .meta({ id: 'CaptionTrack' })
export type CaptionTrack = z.infer<typeof CaptionTrack>

export const Cue = z
  .object({
    startMs: MediaMs.describe('On the recorded clock, as all positions'),
    endMs: MediaMs,
    text: z.string().max(maxCueLength).describe('Plain text; lines are separated by a line feed'),
  })
  .refine(({ startMs, endMs }) => startMs < endMs, 'must end after it starts')
  .meta({ id: 'Cue', example: { startMs: 1_000, endMs: 3_500, text: 'Good morning, everybody.' } })
export type Cue = z.infer<typeof Cue>

export const Captions = CaptionTrack.extend({
  version: z.uuid().describe('Another one after every change; a correction names the one that it corrects'),
  updatedAt: IsoDate,
}).meta({ id: 'Captions' })
export type Captions = z.infer<typeof Captions>

export const CaptionsWithCues = Captions.extend({ cues: z.array(Cue) }).meta({ id: 'CaptionsWithCues' })
export type CaptionsWithCues = z.infer<typeof CaptionsWithCues>

/** Of a file that is sent, and of a correction. */
export const maxCaptionsBytes = 10 * 1024 ** 2

export const captionTypes = ['text/vtt', 'application/x-subrip', 'text/srt', 'text/plain', 'application/octet-stream']

const CaptionsParams = VideoParams.extend({ language: z.string().max(35) })
const Label = plainText(60).pipe(z.string().min(1))

export const listCaptions = endpoint({
  method: 'GET',
  url: '/api/videos/:videoId/captions',
  schema: {
    summary: 'The captions of a video, one a language: those of the author before those of the transcript',
    tags: ['captions'],
    params: VideoParams,
    response: { 200: z.array(Captions) },
  },
})

export const readCaptions = endpoint({
  method: 'GET',
  url: '/api/videos/:videoId/captions/:language',
  schema: {
    summary: 'The captions of a language with their cues',
    tags: ['captions'],
    params: CaptionsParams,
    response: { 200: CaptionsWithCues },
  },
})

export const storeCaptions = endpoint({
  method: 'PUT',
  url: '/api/videos/:videoId/captions/:language',
  schema: {
    summary: 'Store captions from a file in WebVTT or SubRip (the author)',
    description:
      'The body is the file as it is: text/vtt, application/x-subrip or text/plain in UTF-8, at most 10 MiB. It is kept as plain text: styles, ' +
      'positions and tags are left out. 422 with the number of the line for what cannot be read. It takes the place of what the author had in this language.',
    tags: ['captions'],
    consumes: captionTypes,
    params: CaptionsParams,
    querystring: z.object({ label: Label.optional().describe('Default: what the language calls itself') }),
    response: { 200: CaptionsWithCues, 201: CaptionsWithCues },
  },
})

export const CaptionsCorrection = z
  .object({
    version: z.uuid().describe('The one that is corrected'),
    cues: z.array(Cue).max(maxCues).optional().describe('All of them; those without text are left out'),
    label: Label.optional(),
  })
  .meta({ id: 'CaptionsCorrection' })
export type CaptionsCorrection = z.infer<typeof CaptionsCorrection>

export const correctCaptions = endpoint({
  method: 'PATCH',
  url: '/api/videos/:videoId/captions/:language',
  schema: {
    summary: 'Correct captions (the author)',
    description:
      'All cues are sent. 409 when somebody changed them since that version. A transcript that is corrected becomes the captions of the author.',
    tags: ['captions'],
    params: CaptionsParams,
    body: CaptionsCorrection,
    response: { 200: CaptionsWithCues },
  },
})

export const deleteCaptions = endpoint({
  method: 'DELETE',
  url: '/api/videos/:videoId/captions/:language',
  schema: {
    summary: 'Delete the captions of a language that are shown (the author)',
    description: 'Behind captions of the author those of the transcript are shown again, if there are any.',
    tags: ['captions'],
    params: CaptionsParams,
    response: { 204: Empty },
  },
})

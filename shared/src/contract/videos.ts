import * as z from 'zod'
import { CaptionTrack } from './captions.ts'
import { BubbleLayout, Chapter, Cuts, VideoEdit } from './edits.ts'
import { endpoint, IsoDate, MediaMs } from './endpoint.ts'
import { MediaUrl, VideoParams } from './media-url.ts'

export const Track = z.enum(['main', 'camera', 'audio']).meta({ id: 'Track' })
export type Track = z.infer<typeof Track>

export const StageName = z
  .enum([
    'import',
    'probe',
    'original',
    'camera',
    'poster',
    'silence',
    'preview',
    'storyboard',
    'download',
    'renditions',
    'transcript',
  ])
  .meta({ id: 'StageName' })
export type StageName = z.infer<typeof StageName>

export const Stage = z
  .object({
    name: StageName,
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    progress: z.number().min(0).max(1),
    attempts: z.int(),
    error: z.string().nullable().describe("The first failure's reason, for people"),
  })
  .meta({ id: 'Stage' })
export type Stage = z.infer<typeof Stage>

export const VideoState = z
  .enum(['recording', 'processing', 'ready', 'needs_attention'])
  .describe('recording: segments may arrive; processing: finished and watchable; needs_attention: a stage failed')
export type VideoState = z.infer<typeof VideoState>

/** Which tracks a recording that begins now will have, or what a file becomes. */
export const VideoDraft = z
  .object({
    tracks: z
      .array(Track)
      .min(1)
      .max(3)
      .refine(
        (tracks) => tracks.includes('main') && new Set(tracks).size === tracks.length,
        'must name each track once, and main',
      ),
    imported: z
      .boolean()
      .optional()
      .describe('It is made from a file that somebody chose: a part of it is never published in the place of the whole'),
  })
  .meta({ id: 'VideoDraft' })
export type VideoDraft = z.infer<typeof VideoDraft>

/** A video as lists show it. */
export const VideoSummary = z
  .object({
    id: z.uuid(),
    state: VideoState,
    durationMs: z.int().describe('Length as it is watched, without the cuts'),
    progress: z.number().min(0).max(1),
    poster: MediaUrl.nullable(),
    preview: MediaUrl.nullable().describe('Four seconds without sound, to be played on hover'),
  })
  .meta({ id: 'VideoSummary' })
export type VideoSummary = z.infer<typeof VideoSummary>

export const Loudness = z
  .object({
    lufs: z.number().describe('Integrated loudness (EBU R 128)'),
    truePeakDb: z.number().describe('dBTP'),
  })
  .meta({ id: 'Loudness' })

export const Rendition = z
  .object({
    name: z.string(),
    width: z.int(),
    height: z.int(),
    bitsPerSecond: z.int(),
    hls: MediaUrl,
    file: MediaUrl,
    edited: z.boolean().describe('The cuts are left out of it and the camera is painted in: its clock is that of watching'),
  })
  .meta({ id: 'Rendition' })
export type Rendition = z.infer<typeof Rendition>

export const Playback = z
  .object({
    hls: MediaUrl.nullable().describe('Master playlist; there as soon as the first segments are'),
    original: MediaUrl.nullable().describe('Fast-start MP4, copied from the segments'),
    audio: MediaUrl.nullable().describe('The sound alone, as it is watched: without the cuts'),
    poster: MediaUrl.nullable(),
    preview: MediaUrl.nullable().describe('Four seconds without sound, as they are watched: MP4, at most 480 wide'),
    storyboard: MediaUrl.nullable().describe('WebVTT index of a sprite sheet'),
    silences: z
      .array(z.tuple([MediaMs, MediaMs]))
      .nullable()
      .describe('Ranges of recorded time in which nobody speaks, never within a word; null until they are known'),
    loudness: Loudness.nullable().describe(
      'What a player computes its gain from; null until it is known, and where nothing is heard',
    ),
    waveform: MediaUrl.nullable().describe('JSON, see Waveform'),
    captions: z.array(CaptionTrack).describe('One a language: those of the author before those of the transcript'),
    download: MediaUrl.nullable().describe('One file as it is watched: without the cuts, with the camera painted in'),
    camera: z
      .object({ hls: MediaUrl, file: MediaUrl.nullable().describe('Fast-start MP4 of the camera alone') })
      .nullable()
      .describe('The camera apart, on the same clock as the rest; null when there is none'),
    renditions: z.array(Rendition),
    expiresAt: IsoDate.describe('After this moment the URLs answer 403; read the video again for new ones'),
  })
  .meta({ id: 'Playback' })
export type Playback = z.infer<typeof Playback>

/** What `playback.waveform` names. */
export const Waveform = z
  .object({
    intervalMs: z.int().describe('Of recorded time, a peak each'),
    peaks: z.array(z.int().min(0).max(255)).describe('The highest sample of each interval, 255 being full scale; at most 6000'),
  })
  .meta({ id: 'Waveform' })
export type Waveform = z.infer<typeof Waveform>

export const Video = z
  .object({
    id: z.uuid(),
    updateId: z.uuid(),
    commentId: z.uuid().nullable().describe('The comment that is answered by it; null for the video of the update itself'),
    state: VideoState,
    tracks: z.array(Track),
    durationMs: z.int().describe('Length as it is watched: recordedMs without the cuts'),
    recordedMs: z.int().describe('Exact length of the contiguous segments; every position in the API is on this clock'),
    hasPicture: z.boolean().describe('False for a recording of sound alone'),
    width: z.int().nullable(),
    height: z.int().nullable(),
    layout: BubbleLayout.nullable().describe('Of the camera; null when nobody chose one'),
    cuts: Cuts,
    chapters: z.array(Chapter),
    chaptersFrom: z
      .enum(['video', 'text'])
      .describe("video: markers and what the author made of them; text: time codes in the update's text, where there are none"),
    finishedAt: IsoDate.nullable(),
    recovered: z
      .object({ at: IsoDate, upToMs: z.int() })
      .nullable()
      .describe('The server finished it because its recorder did not come back; late segments may still let it grow'),
    filledMs: z.int().describe('How much of it never arrived and was filled with a still picture and silence'),
    heldBackMs: z.int().describe('How much arrived behind a part that is missing: it is played once that is here, or filled'),
    playback: Playback,
    stages: z.array(Stage),
  })
  .meta({ id: 'Video' })
export type Video = z.infer<typeof Video>

export const readVideo = endpoint({
  method: 'GET',
  url: '/api/videos/:videoId',
  schema: {
    summary: 'State, playback URLs and processing stages of a video',
    tags: ['videos'],
    params: VideoParams,
    response: { 200: Video },
  },
})

export const changeVideo = endpoint({
  method: 'PATCH',
  url: '/api/videos/:videoId',
  schema: {
    summary: 'Change cuts, chapters and the place of the camera (its author)',
    tags: ['videos'],
    params: VideoParams,
    body: VideoEdit,
    response: { 200: Video },
  },
})

export const maxSegments = 20_000

export const SegmentParams = VideoParams.extend({ track: Track, number: z.coerce.number().int().min(0).max(maxSegments) })

export const StoredSegment = z
  .object({ track: Track, number: z.int(), sha256: z.string(), sizeBytes: z.int(), durationMs: z.int() })
  .meta({ id: 'StoredSegment' })
export type StoredSegment = z.infer<typeof StoredSegment>

export const Sha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
  .transform((hex) => hex.toLowerCase())

/** The text fields that go with the part `file`. */
export const SegmentFields = z.object({
  sha256: Sha256,
  durationMs: z.coerce.number().min(0).max(60_000).default(0).transform(Math.round),
  codecs: z.string().max(200).optional(),
  width: z.coerce.number().int().min(0).max(8192).optional(),
  height: z.coerce.number().int().min(0).max(8192).optional(),
})
export type SegmentFields = z.infer<typeof SegmentFields>

export const storeSegment = endpoint({
  method: 'PUT',
  url: '/api/videos/:videoId/tracks/:track/segments/:number',
  schema: {
    summary: 'Store one segment; 0 is the init segment',
    description:
      'An init segment may come again at any later number: what follows it is coded anew. ' +
      'Multipart form: the part `file` and the text fields `sha256` (hexadecimal), `durationMs` (measured from the boxes as soon as the init segment is there), and for an init segment `codecs`, `width`, `height`. ' +
      'The same bytes again answer 200, other bytes 409, a wrong checksum or a file that is not CMAF 422. The answer comes after the bytes are durable.',
    tags: ['videos'],
    consumes: ['multipart/form-data'],
    params: SegmentParams,
    response: { 200: StoredSegment, 201: StoredSegment },
  },
})

export const TrackUpload = z
  .object({
    ranges: z
      .array(z.tuple([z.int(), z.int()]))
      .describe('First and last number of each run that has arrived, both included; 0 is the init segment'),
    durationMs: z.int().describe('Length of the contiguous segments from 1'),
    sizeBytes: z.int(),
  })
  .meta({ id: 'TrackUpload' })
export type TrackUpload = z.infer<typeof TrackUpload>

export const UploadState = z
  .object({
    state: VideoState,
    tracks: z.partialRecord(Track, TrackUpload),
    file: z
      .object({ ranges: TrackUpload.shape.ranges, sizeBytes: z.int() })
      .nullable()
      .describe('Parts of a file that have arrived, numbered from 1; null when none has'),
  })
  .meta({ id: 'UploadState' })
export type UploadState = z.infer<typeof UploadState>

const segmentCount = z.int().min(0).max(maxSegments)

/** What a recorder has on its device. Sent while it records and while it is paused: its sign of life. */
export const UploadReport = z
  .object({
    tracks: z.partialRecord(
      Track,
      z.object({ segments: segmentCount.describe('Number of the last segment'), durationMs: MediaMs }),
    ),
    file: z
      .object({ parts: z.int().min(0).max(10_000).describe('Number of the last part'), durationMs: MediaMs })
      .optional()
      .describe('Of a recorder that makes a file. A file that is not recorded now is left alone, however long it is silent'),
    clockMs: MediaMs.describe("Length on the recorder's own clock, pauses left out"),
  })
  .meta({ id: 'UploadReport' })
export type UploadReport = z.infer<typeof UploadReport>

export const reportUpload = endpoint({
  method: 'PUT',
  url: '/api/videos/:videoId/upload',
  schema: {
    summary: 'Say what the recorder has: about every 30 s, also while it is paused',
    description:
      'A recording without a sign of life for ABANDONED_AFTER_MINUTES is finished by the server with what arrived; an imported file is not.',
    tags: ['videos'],
    params: VideoParams,
    body: UploadReport,
    response: { 200: UploadState },
  },
})

export const readUpload = endpoint({
  method: 'GET',
  url: '/api/videos/:videoId/upload',
  schema: {
    summary: 'What has arrived, as ranges, per track',
    tags: ['videos'],
    params: VideoParams,
    response: { 200: UploadState },
  },
})

export const FinishVideo = z
  .object({
    tracks: z.partialRecord(
      Track,
      z.object({ segments: z.int().min(1).max(maxSegments).describe('Number of the last segment') }),
    ),
    clockMs: MediaMs.optional().describe("Length on the recorder's own clock, pauses left out"),
  })
  .meta({ id: 'FinishVideo', example: { tracks: { main: { segments: 42 } } } })
export type FinishVideo = z.infer<typeof FinishVideo>

export const finishVideo = endpoint({
  method: 'POST',
  url: '/api/videos/:videoId/finish',
  schema: {
    summary: 'Say that the recording is complete; answers the same again, or 409 with what is missing',
    tags: ['videos'],
    params: VideoParams,
    body: FinishVideo,
    response: { 200: Video },
  },
})

export const retryStage = endpoint({
  method: 'POST',
  url: '/api/videos/:videoId/stages/:stage/retry',
  schema: {
    summary: 'Run a failed stage again; a transcript also where none has been made',
    tags: ['videos'],
    params: VideoParams.extend({ stage: StageName }),
    response: { 202: Video },
  },
})

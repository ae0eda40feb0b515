import * as z from 'zod'
import { probeArguments } from '../ffmpeg/command.ts'
import { quickRun } from '../ffmpeg/limits.ts'
import type { Work } from '../stages/stage.ts'
import type { Container } from './container.ts'

/** The picture of a file as its headers describe it; `rotation` in degrees, sizes as they are coded, before it. */
export type Picture = {
  index: number
  codec: string
  tag: string
  profile: string
  level: number
  pixelFormat: string
  width: number
  height: number
  rotation: number
  hasSquarePixels: boolean
  isInterlaced: boolean
  /** PQ and HLG, which need more than eight bits. */
  isHdr: boolean
}
export type Sound = { index: number; codec: string; tag: string; profile: string; channels: number }

/** The first picture and the first sound of a file, and how long its header says that it is; null when it does not. */
export type Streams = { picture: Picture | null; sound: Sound | null; saidMs: number | null }

const Text = z.string().default('')
const Report = z.object({
  format: z.object({ duration: z.coerce.number().optional().catch(undefined) }).default({ duration: undefined }),
  streams: z
    .array(
      z.object({
        index: z.int(),
        codec_type: Text,
        codec_name: z.string().default('unknown'),
        codec_tag_string: Text,
        profile: Text,
        level: z.int().default(0),
        pix_fmt: Text,
        width: z.int().default(0),
        height: z.int().default(0),
        channels: z.int().default(0),
        sample_aspect_ratio: z.string().default('1:1'),
        field_order: z.string().default('progressive'),
        color_transfer: Text,
        disposition: z.object({ attached_pic: z.int().default(0) }).default({ attached_pic: 0 }),
        tags: z.object({ rotate: z.string().optional() }).optional(),
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
      }),
    )
    .default([]),
})
type Stream = z.infer<typeof Report>['streams'][number]

const entries = [
  'format=duration',
  'stream=index,codec_type,codec_name,codec_tag_string,profile,level,pix_fmt,width,height,channels,sample_aspect_ratio,field_order,color_transfer',
  'stream_disposition=attached_pic',
  'stream_tags=rotate',
  'stream_side_data=rotation',
].join(':')

function rotationOf({ side_data_list, tags }: Stream) {
  const told = side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(tags?.rotate ?? 0)
  return Number.isFinite(told) ? told : 0
}

const pictureOf = (stream: Stream): Picture => ({
  index: stream.index,
  codec: stream.codec_name,
  tag: stream.codec_tag_string,
  profile: stream.profile,
  level: stream.level,
  pixelFormat: stream.pix_fmt,
  width: stream.width,
  height: stream.height,
  rotation: rotationOf(stream),
  hasSquarePixels: ['1:1', '0:1', 'N/A'].includes(stream.sample_aspect_ratio),
  isInterlaced: !['progressive', 'unknown'].includes(stream.field_order),
  isHdr: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer),
})

const soundOf = ({ index, codec_name, codec_tag_string, profile, channels }: Stream): Sound => ({
  index,
  codec: codec_name,
  tag: codec_tag_string,
  profile,
  channels,
})

/** Reads a report of `ffprobe -of json`. A picture on the cover of an album is none. @throws {z.ZodError | SyntaxError} */
export function readStreams(json: string): Streams {
  const { format, streams } = Report.parse(JSON.parse(json))
  const picture = streams.find(({ codec_type, disposition }) => codec_type === 'video' && disposition.attached_pic === 0)
  const sound = streams.find(({ codec_type }) => codec_type === 'audio')
  const saidMs = format.duration !== undefined && format.duration > 0 ? format.duration * 1000 : null
  return { picture: picture ? pictureOf(picture) : null, sound: sound ? soundOf(sound) : null, saidMs }
}

/** What is in an uploaded file, as its headers say. @throws as `Ffmpeg.probe` */
export async function probeStreams(work: Work, file: string, container: Container): Promise<Streams> {
  let json = ''
  const onLine = (line: string) => {
    json += line
  }
  const args = probeArguments(file, `upload-${container}`, ['-show_entries', entries, '-of', 'json'])
  await work.ffmpeg.probe(args, { ...quickRun(work), onLine })
  return readStreams(json)
}

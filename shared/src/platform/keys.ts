import type { Track } from '../contract/videos.ts'

const six = (number: number) => String(number).padStart(6, '0')

/** Object keys: everything of a video lies below its id, everything of an attempt below the attempt's lease. */
export const keys = {
  video: (videoId: string) => `videos/${videoId}/`,
  segment: (videoId: string, track: Track, number: number) => `videos/${videoId}/${track}/${six(number)}.m4s`,
  filePart: (videoId: string, number: number) => `videos/${videoId}/file/${six(number)}.part`,
  transfer: (transferId: string) => `transfers/${transferId}/`,
  /** `attempt` is the lease of the worker that makes it, or `upload`. */
  transferPart: (transferId: string, attempt: string, number: number) => `transfers/${transferId}/${attempt}/${six(number)}.part`,
  erasures: 'erasures/',
  erasure: (userId: string) => `erasures/${userId}.json`,
  person: (personId: string) => `people/${personId}/`,
  /** `name` is another one for each picture, and known to nobody who was not told: whoever has the address sees it. */
  picture: (personId: string, name: string) => `people/${personId}/${name}.webp`,
  asset: (videoId: string, leaseId: string, file: string) => `videos/${videoId}/${leaseId}/${file}`,
}

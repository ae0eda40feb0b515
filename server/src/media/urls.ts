import type { Candidate, Reader } from '../session.ts'
import { expiryAt, mediaToken } from './token.ts'

/** Of guests: what they play ends within twice this time when their link is revoked. */
const guestWindowMs = 2 * 60_000

/** Makes the signed URLs of videos, all with the same expiry. */
export function mediaUrls(secret: string, expiresAt = expiryAt(Date.now())) {
  const base = (videoId: string) => `/media/${mediaToken(secret, videoId, expiresAt)}/${videoId}`
  return {
    expiresAt: new Date(expiresAt),
    master: (videoId: string) => `${base(videoId)}/master.m3u8`,
    rendition: (videoId: string, name: string) => `${base(videoId)}/${name}/playlist.m3u8`,
    /** `key` is that of an asset: `videos/<video>/<attempt>/<file>`. */
    asset: (videoId: string, key: string) => `${base(videoId)}/${key.split('/').slice(2).join('/')}`,
    /** `name` is that of an asset. */
    download: (videoId: string, name: string): string | null => `${base(videoId)}/download/${name}.mp4`,
  }
}
export type MediaUrls = ReturnType<typeof mediaUrls>
/** `outside`: those for who does not see the place of a video: they end soon, and lead to no download unless a link says so. */
export type ReaderUrls = MediaUrls & { outside: MediaUrls }

/** Those that are given to people without an account. */
export const guestUrls = (secret: string): MediaUrls => mediaUrls(secret, expiryAt(Date.now(), guestWindowMs))

/** Those for whoever asks: a guest's end soon, so that a link which is revoked stops to play, and name a download where the link allows it. */
export function urlsFor(secret: string, reader: Reader | Candidate): ReaderUrls {
  const brief = guestUrls(secret)
  const unsaved = { ...brief, download: () => null }
  // What candidates made is theirs: they see it as its author does.
  if (reader.role === 'candidate') return { ...mediaUrls(secret), outside: mediaUrls(secret) }
  if (reader.role !== 'guest') return { ...mediaUrls(secret), outside: unsaved }
  const outside = reader.link.allowDownload ? brief : unsaved
  return { ...outside, outside }
}

/** Of a reader's those that an update comes with. */
export const urlsOf = (update: { seesPlace: boolean }, urls: ReaderUrls): MediaUrls => (update.seesPlace ? urls : urls.outside)

import { expiryAt, mediaToken } from './token.ts'

/** Makes the signed URLs of videos, all with the same expiry. */
export function mediaUrls(secret: string, now = Date.now()) {
  const expiresAt = expiryAt(now)
  const base = (videoId: string) => `/media/${mediaToken(secret, videoId, expiresAt)}/${videoId}`
  return {
    expiresAt: new Date(expiresAt),
    master: (videoId: string) => `${base(videoId)}/master.m3u8`,
    rendition: (videoId: string, name: string) => `${base(videoId)}/${name}/playlist.m3u8`,
    /** `key` is that of an asset: `videos/<video>/<attempt>/<file>`. */
    asset: (videoId: string, key: string) => `${base(videoId)}/${key.split('/').slice(2).join('/')}`,
    /** `name` is that of an asset. */
    download: (videoId: string, name: string) => `${base(videoId)}/download/${name}.mp4`,
  }
}
export type MediaUrls = ReturnType<typeof mediaUrls>

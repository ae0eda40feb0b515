import { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { playableSegments, trackSummary } from '@meanwhile/shared/db/ledger'
import { byteRangePlaylist, masterPlaylist, segmentPlaylist, type Variant } from '@meanwhile/shared/media/playlist'
import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { bitsPerSecond } from '../videos/ledger.ts'

const { assets, videos } = schema

const segmentFile = (number: number) => `${String(number).padStart(6, '0')}.m4s`

async function isFinished(db: Db, videoId: string) {
  const [video] = await db.select({ finishedAt: videos.finishedAt }).from(videos).where(eq(videos.id, videoId))
  return video && video.finishedAt !== null
}

async function trackPlaylist(db: Db, videoId: string, track: Track) {
  const [finished, playable] = await Promise.all([isFinished(db, videoId), playableSegments(db, videoId, track)])
  if (finished === undefined || playable.length === 0) return undefined
  const segments = playable.map(({ number, durationMs }) => ({ uri: segmentFile(number), durationMs }))
  return { text: segmentPlaylist(segmentFile(0), segments, finished), final: finished }
}

/** The media playlist of a track or a rendition; undefined when there is none. `final` lists never change. */
export async function mediaPlaylist(
  db: Db,
  videoId: string,
  name: string,
): Promise<{ text: string; final: boolean } | undefined> {
  const track = Track.safeParse(name)
  if (track.success) return trackPlaylist(db, videoId, track.data)
  const [made] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, name)))
  if (!made?.hlsIndex || !made.hlsKey) return undefined
  return { text: byteRangePlaylist(`../${made.hlsKey.split('/').slice(2).join('/')}`, made.hlsIndex), final: true }
}

async function renditionVariants(db: Db, videoId: string): Promise<Variant[]> {
  const made = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), isNotNull(assets.hlsKey)))
    .orderBy(desc(assets.height))
  return made.map(({ name, sizeBytes, durationMs, width, height, codecs }) => ({
    uri: `${name}/playlist.m3u8`,
    bitsPerSecond: durationMs ? (sizeBytes * 8000) / durationMs : 0,
    width,
    height,
    codecs,
  }))
}

/** The master playlist: the source first, then what the worker made of it. Undefined while nothing can be played. */
export async function mainPlaylist(db: Db, videoId: string): Promise<string | undefined> {
  const [main, audio] = await Promise.all([trackSummary(db, videoId, 'main'), trackSummary(db, videoId, 'audio')])
  if (!main.init || main.segments === 0) return undefined
  const hasAudio = audio.segments > 0
  const tracks = [...main.init.tracks, ...(hasAudio ? (audio.init?.tracks ?? []) : [])]
  const picture = main.init.tracks.find(({ kind }) => kind === 'video')
  const source: Variant = {
    uri: 'main/playlist.m3u8',
    bitsPerSecond: bitsPerSecond(main) + (hasAudio ? bitsPerSecond(audio) : 0),
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    codecs: tracks.map(({ codec }) => codec).join(','),
    ...(hasAudio ? { audioGroup: 'sound' } : {}),
  }
  return masterPlaylist(
    [source, ...(await renditionVariants(db, videoId))],
    hasAudio ? { group: 'sound', uri: 'audio/playlist.m3u8' } : null,
  )
}

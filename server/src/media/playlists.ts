import { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { tracksOf } from '@meanwhile/shared/db/finish'
import { type Playable, playableSegments, trackSummary } from '@meanwhile/shared/db/ledger'
import {
  byteRangePlaylist,
  masterPlaylist,
  type PlaylistPart,
  segmentPlaylist,
  type Variant,
} from '@meanwhile/shared/media/playlist'
import { isEdited } from '@meanwhile/shared/platform/jobs'
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { bitsPerSecond } from '../videos/ledger.ts'

const { assets, updates, videos } = schema

const segmentFile = (number: number) => `${String(number).padStart(6, '0')}.m4s`

/** Nothing of an update in the trash plays: what a URL from before still opens ends with its minutes. */
const isOut = sql`not exists (select from ${updates} where ${updates.id} = ${videos.updateId} and ${updates.trashedAt} is not null)`

async function findVideo(db: Db, videoId: string) {
  const [video] = await db
    .select()
    .from(videos)
    .where(and(eq(videos.id, videoId), isOut))
  return video
}

/** Each init segment with the media up to the next one; a filled part is its own, and behind it the one from before counts again. */
function partsOf(playable: Playable[]): PlaylistPart[] {
  let init = segmentFile(0)
  const parts: PlaylistPart[] = [{ init, segments: [] }]
  for (const { number, durationMs, isInit, filled } of playable) {
    const uri = segmentFile(number)
    if (isInit) init = uri
    if (filled) {
      const { initBytes, sizeBytes } = filled
      const bytes: [number, number] = [initBytes, sizeBytes - initBytes]
      parts.push({ init: uri, initBytes: [0, initBytes], segments: [{ uri, durationMs, bytes }] })
    }
    if (isInit || filled) parts.push({ init, segments: [] })
    else parts.at(-1)?.segments.push({ uri, durationMs })
  }
  return parts
}

/** Of a recording that the server finished, late segments are listed once it is finished again: its length is one everywhere. */
async function trackPlaylist(db: Db, videoId: string, track: Track) {
  const [video, playable] = await Promise.all([findVideo(db, videoId), playableSegments(db, videoId, track)])
  if (!video) return undefined
  const last = video.finishedSegments ? (video.finishedSegments[track] ?? 0) : Number.POSITIVE_INFINITY
  const parts = partsOf(playable.filter(({ number }) => number <= last))
  if (parts.every(({ segments }) => segments.length === 0)) return undefined
  const isFinished = video.finishedAt !== null
  return { text: segmentPlaylist(parts, isFinished), final: isFinished && video.recoveredAt === null }
}

/** The media playlist of a track or a rendition; undefined when there is none. `final` lists never change. */
export async function mediaPlaylist(
  db: Db,
  videoId: string,
  name: string,
): Promise<{ text: string; final: boolean } | undefined> {
  const track = Track.safeParse(name)
  if (track.success) return trackPlaylist(db, videoId, track.data)
  const [found] = await db
    .select({ made: assets })
    .from(assets)
    .innerJoin(videos, eq(videos.id, assets.videoId))
    .where(and(eq(assets.videoId, videoId), eq(assets.name, name), isOut))
  const made = found?.made
  if (!made?.hlsIndex || !made.hlsKey) return undefined
  // Other cuts make another rendition under the same name.
  return { text: byteRangePlaylist(`../${made.hlsKey.split('/').slice(2).join('/')}`, made.hlsIndex), final: false }
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

/**
 * The master playlist: the source first, then what the worker made of it. Renditions of a video with a camera or cuts are on another
 * clock than its source, so nobody is switched between them. Undefined while nothing can be played.
 */
export async function mainPlaylist(db: Db, videoId: string): Promise<string | undefined> {
  const [video, main, audio] = await Promise.all([
    findVideo(db, videoId),
    trackSummary(db, videoId, 'main'),
    trackSummary(db, videoId, 'audio'),
  ])
  if (!video || !main.init || main.durationMs === 0) return undefined
  const hasAudio = audio.durationMs > 0
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
    [source, ...(isEdited({ ...video, tracks: tracksOf(video) }) ? [] : await renditionVariants(db, videoId))],
    hasAudio ? { group: 'sound', uri: 'audio/playlist.m3u8' } : null,
  )
}

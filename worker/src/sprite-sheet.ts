import { vttTime } from '@meanwhile/shared/media/time-code'
import type { Sheet } from './ffmpeg/options.ts'

const tileWidth = 160
const maxTileHeight = 640
const maxTiles = 100
const maxColumns = 10
const shortestMs = 2_000

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/** A tile every 2 s, or a hundredth of what is longer; ten a row. */
export function layOut(video: { width: number; height: number }, durationMs: number): Sheet {
  const intervalMs = Math.max(shortestMs, Math.ceil(durationMs / maxTiles))
  const tiles = Math.max(1, Math.ceil(durationMs / intervalMs))
  const tileHeight = Math.min(maxTileHeight, even((tileWidth * video.height) / video.width))
  const columns = Math.min(maxColumns, tiles)
  return { columns, rows: Math.ceil(tiles / columns), tileWidth, tileHeight, intervalMs, tiles }
}

/** The WebVTT index of a sheet: which part of the picture is shown when (`#xywh`, W3C Media Fragments §4.2.2). */
export function sheetIndex(
  { columns, tileWidth, tileHeight, intervalMs, tiles }: Sheet,
  durationMs: number,
  image: string,
): string {
  const cues = Array.from({ length: tiles }, (_, tile) => {
    const end = tile === tiles - 1 ? Math.max(durationMs, tile * intervalMs + 1) : (tile + 1) * intervalMs
    const place = [(tile % columns) * tileWidth, Math.floor(tile / columns) * tileHeight, tileWidth, tileHeight]
    return `${vttTime(tile * intervalMs)} --> ${vttTime(end)}\n${image}#xywh=${place.join(',')}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

/** Where HLS segments lie in one file: offset and length in bytes, length in ms. */
export type ByteRangeIndex = {
  init: [offset: number, length: number]
  segments: [offset: number, length: number, durationMs: number][]
}

const header = (targetMs: number) => [
  '#EXTM3U',
  '#EXT-X-VERSION:7',
  `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(targetMs / 1000))}`,
]
const extinf = (ms: number) => `#EXTINF:${(ms / 1000).toFixed(5)},`
const longest = (durations: number[]) => durations.reduce((max, ms) => Math.max(max, ms), 0)

type Bytes = [offset: number, length: number]

/** Segments that one init segment belongs to; `bytes` of a file that holds more than that. */
export type PlaylistPart = {
  init: string
  initBytes?: Bytes
  segments: { uri: string; durationMs: number; bytes?: Bytes }[]
}

const range = ([offset, length]: Bytes) => `${length}@${offset}`
const mapOf = (uri: string, bytes?: Bytes) => `#EXT-X-MAP:URI="${uri}"${bytes ? `,BYTERANGE="${range(bytes)}"` : ''}`

/**
 * A media playlist (RFC 8216 §4.3.3) over one file a segment. Where the coding starts anew there is a discontinuity and another map.
 * @param parts of the contiguous prefix: a hole is never published
 * @param finished writes `EXT-X-ENDLIST`; otherwise the list is an `EVENT` that still grows
 */
export function segmentPlaylist(parts: PlaylistPart[], finished: boolean): string {
  const filled = parts.filter(({ segments }) => segments.length > 0)
  return [
    ...header(longest(filled.flatMap(({ segments }) => segments.map(({ durationMs }) => durationMs)))),
    `#EXT-X-PLAYLIST-TYPE:${finished ? 'VOD' : 'EVENT'}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...filled.flatMap(({ init, initBytes, segments }, index) => [
      ...(index > 0 ? ['#EXT-X-DISCONTINUITY'] : []),
      mapOf(init, initBytes),
      ...segments.flatMap(({ uri, durationMs, bytes }) => [
        extinf(durationMs),
        ...(bytes ? [`#EXT-X-BYTERANGE:${range(bytes)}`] : []),
        uri,
      ]),
    ]),
    ...(finished ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}

/** A media playlist over byte ranges of one file (RFC 8216 §4.3.2.2). */
export function byteRangePlaylist(uri: string, { init, segments }: ByteRangeIndex): string {
  return [
    ...header(longest(segments.map(([, , durationMs]) => durationMs))),
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    mapOf(uri, init),
    ...segments.flatMap(([offset, length, durationMs]) => [
      extinf(durationMs),
      `#EXT-X-BYTERANGE:${range([offset, length])}`,
      uri,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

export type Variant = {
  uri: string
  bitsPerSecond: number
  width: number | null
  height: number | null
  codecs: string | null
  audioGroup?: string
}

/** A master playlist (RFC 8216 §4.3.4): variants in the order given, the sound apart where it is a track of its own. */
export function masterPlaylist(variants: Variant[], audio: { group: string; uri: string } | null): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(audio
      ? [`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${audio.group}",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="${audio.uri}"`]
      : []),
    ...variants.flatMap(({ uri, bitsPerSecond, width, height, codecs, audioGroup }) => [
      `#EXT-X-STREAM-INF:${[
        `BANDWIDTH=${Math.max(1, Math.round(bitsPerSecond))}`,
        ...(codecs ? [`CODECS="${codecs}"`] : []),
        ...(width && height ? [`RESOLUTION=${width}x${height}`] : []),
        ...(audioGroup ? [`AUDIO="${audioGroup}"`] : []),
      ].join(',')}`,
      uri,
    ]),
    '',
  ].join('\n')
}

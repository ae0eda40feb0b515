import { expect, test } from 'vitest'
import { byteRangePlaylist, masterPlaylist, segmentPlaylist } from './playlist.ts'

const segments = [
  { uri: '000001.m4s', durationMs: 2000 },
  { uri: '000002.m4s', durationMs: 2033.333 },
]

test('a finished recording is a VOD playlist with an end', () => {
  expect(segmentPlaylist([{ init: '000000.m4s', segments }], true)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:3
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="000000.m4s"
#EXTINF:2.00000,
000001.m4s
#EXTINF:2.03333,
000002.m4s
#EXT-X-ENDLIST
`)
})

test('a recording that still grows is an EVENT playlist without an end', () => {
  const text = segmentPlaylist([{ init: '000000.m4s', segments: segments.slice(0, 1) }], false)
  expect(text).toContain('#EXT-X-PLAYLIST-TYPE:EVENT')
  expect(text).not.toContain('#EXT-X-ENDLIST')
})

test('where the encoder started anew there is a discontinuity and another init segment; one without media is left out', () => {
  const parts = [
    { init: '000000.m4s', segments: segments.slice(0, 1) },
    { init: '000002.m4s', segments: [] },
    { init: '000003.m4s', segments: [{ uri: '000004.m4s', durationMs: 2500 }] },
    { init: '000005.m4s', segments: [] },
  ]
  expect(segmentPlaylist(parts, true).split('\n').slice(2)).toEqual([
    '#EXT-X-TARGETDURATION:3',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    '#EXT-X-MAP:URI="000000.m4s"',
    '#EXTINF:2.00000,',
    '000001.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="000003.m4s"',
    '#EXTINF:2.50000,',
    '000004.m4s',
    '#EXT-X-ENDLIST',
    '',
  ])
})

test('a filled segment brings its init segment in its own file, and what follows has that from before', () => {
  const parts = [
    { init: '000000.m4s', segments: segments.slice(0, 1) },
    {
      init: '000002.m4s',
      initBytes: [0, 900] as [number, number],
      segments: [{ uri: '000002.m4s', durationMs: 2000, bytes: [900, 100] as [number, number] }],
    },
    { init: '000000.m4s', segments: [{ uri: '000003.m4s', durationMs: 2000 }] },
  ]
  expect(segmentPlaylist(parts, true).split('\n').slice(7)).toEqual([
    '#EXTINF:2.00000,',
    '000001.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="000002.m4s",BYTERANGE="900@0"',
    '#EXTINF:2.00000,',
    '#EXT-X-BYTERANGE:100@900',
    '000002.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="000000.m4s"',
    '#EXTINF:2.00000,',
    '000003.m4s',
    '#EXT-X-ENDLIST',
    '',
  ])
})

test('a rendition is one file with byte ranges', () => {
  const text = byteRangePlaylist('../x/720p-hls.mp4', {
    init: [0, 800],
    segments: [
      [800, 5000, 4000],
      [5800, 2500, 1500],
    ],
  })
  expect(text).toContain('#EXT-X-MAP:URI="../x/720p-hls.mp4",BYTERANGE="800@0"')
  expect(text).toContain(
    '#EXTINF:4.00000,\n#EXT-X-BYTERANGE:5000@800\n../x/720p-hls.mp4\n#EXTINF:1.50000,\n#EXT-X-BYTERANGE:2500@5800',
  )
})

test('a master playlist names size, codecs and the sound of its own', () => {
  const source = {
    uri: 'main/playlist.m3u8',
    bitsPerSecond: 1_200_000.4,
    width: 1280,
    height: 720,
    codecs: 'avc1.42c01f,mp4a.40.2',
    audioGroup: 'sound',
  }
  expect(masterPlaylist([source], { group: 'sound', uri: 'audio/playlist.m3u8' })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="audio/playlist.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1200000,CODECS="avc1.42c01f,mp4a.40.2",RESOLUTION=1280x720,AUDIO="sound"
main/playlist.m3u8
`)
})

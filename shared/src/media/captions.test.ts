import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CaptionsError, type Cue, decodeCaptions, parseCaptions, writeCaptions } from './captions.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const texts = (file: string) => parseCaptions(file).map(({ text }) => text)
const cue = (text: string) => `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`

function faultOf(read: () => unknown) {
  try {
    return { none: read() }
  } catch (error) {
    if (error instanceof CaptionsError) return { line: error.line, message: error.message }
    throw error
  }
}

test.each([
  ['WebVTT', 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nHello\nthere\n'],
  ['no line end at the end', 'WEBVTT\n\n00:01.000 --> 00:02.500\nHello\nthere'],
  ['a BOM and line ends of Windows', '\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:02.500\r\nHello\r\nthere\r\n'],
  ['line ends of old', 'WEBVTT\r\r00:01.000 --> 00:02.500\rHello\rthere'],
  ['a header with more in it', 'WEBVTT - made by hand\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.500\nHello\nthere'],
  ['SubRip', '1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n'],
  ['SubRip without its numbers and with coordinates', '0:00:01,0 --> 0:00:02,50 X1:1 X2:2\nHello\nthere\n\n'],
  [
    'settings, a comment, a style and a region',
    `WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nno --\n\n${'00:01.000 --> 00:02.500 align:start line:0%\nHello\nthere'}`,
  ],
  ['blank lines that are not empty', 'WEBVTT\n \n00:01.000 --> 00:02.500\nHello\nthere\n\t\n'],
  ['cues without text around it', '1\n00:00:00,000 --> 00:00:01,000\n\n2\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n3\n'],
])('%s is read', (_what, file) => {
  expect(parseCaptions(file)).toEqual([{ startMs: 1000, endMs: 2500, text: 'Hello\nthere' }])
})

test('cues that overlap stay, and come in their order', () => {
  expect(texts('WEBVTT\n\n00:05.000 --> 00:09.000\nB\n\n00:01.000 --> 00:06.000\nA\n\n00:05.000 --> 00:06.000\nC')).toEqual([
    'A',
    'C',
    'B',
  ])
})

test('a blank line that is missing costs nothing', () => {
  expect(texts('1\n00:01,000 --> 00:02,000\nOne\n2\n00:02,000 --> 00:03,000\nTwo\n00:03,000 --> 00:04,000\n3')).toEqual([
    'One',
    'Two',
    '3',
  ])
})

test.each([
  ['<b>bold</b> and <i.loud>slanted</i>', 'bold and slanted'],
  ['<script>alert(1)</script>', 'alert(1)'],
  ['<img src=x onerror=alert(1)>here', 'here'],
  ['<v Ada Lovelace>Good morning</v>', 'Ada Lovelace: Good morning'],
  ['<c.yellow>a<00:00:01.500>b</c>', 'ab'],
  ['{\\an8}above', 'above'],
  ['1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
  ['1 &lt; 2 &amp; &#x1F600; &nope; &#55555555;', '1 < 2 & 😀 &nope; &#55555555;'],
  ['&lt;script&gt;', '<script>'],
  ['a\u0000b\u202ec\ud800', 'abc'],
  ['a\tb', 'a b'],
])('the text %j becomes %j', (written, text) => {
  expect(texts(cue(written))).toEqual([text])
})

test.each([
  { what: 'an empty file', file: '', line: 1, says: 'neither WebVTT nor SubRip' },
  { what: 'a page', file: '<!doctype html>\n<p>Hi', line: 1, says: 'neither WebVTT nor SubRip' },
  { what: 'an end before its beginning', file: 'WEBVTT\n\n00:02.000 --> 00:01.000\nA', line: 3, says: 'the end must come after' },
  { what: 'a cue without length', file: 'WEBVTT\r\n\r\n00:02.000 --> 00:02.000\r\nA', line: 3, says: 'the end must come after' },
  { what: 'a minute of 61 seconds', file: '1\n00:00:01,000 --> 00:00:61,000\nA', line: 2, says: '59' },
  { what: 'a time that is none', file: 'WEBVTT\n\nsoon --> later\nA', line: 3, says: 'cannot be read' },
  { what: 'an arrow in a text', file: cue('left --> right'), line: 4, says: 'cannot be read' },
  { what: 'a text without a time', file: `${cue('A')}\nlost\n`, line: 6, says: 'text without a time' },
  { what: 'a time after more than a day', file: 'WEBVTT\n\n25:00:00.000 --> 25:00:01.000\nA', line: 3, says: '24 hours' },
  { what: 'a book in one cue', file: cue('word '.repeat(1000)), line: 3, says: '2000 characters' },
  { what: 'a book of tags in one cue', file: cue('<b>'.repeat(10_000)), line: 3, says: '2000 characters' },
  { what: 'too many cues', file: `WEBVTT\n\n${'00:01.000 --> 00:02.000\nA\n\n'.repeat(20_001)}`, line: 60_004, says: '20000' },
])('$what is refused with its line', ({ file, line, says }) => {
  expect(faultOf(() => parseCaptions(file))).toEqual({ line, message: expect.stringContaining(says) })
})

test('UTF-8 is read, and UTF-16 that says so', () => {
  expect(decodeCaptions(utf8('\ufeffGrüße'))).toBe('Grüße')
  expect(decodeCaptions(new Uint8Array([0xff, 0xfe, 0x41, 0, 0xe4, 0]))).toBe('Aä')
  expect(decodeCaptions(new Uint8Array([0xfe, 0xff, 0, 0x41]))).toBe('A')
})

test('another encoding is refused with the line of its first letter', () => {
  const latin1 = Uint8Array.from(Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nGrüße\n', 'latin1'))
  expect(faultOf(() => decodeCaptions(latin1))).toEqual({ line: 4, message: expect.stringContaining('UTF-8') })
})

const anyCue = fc
  .record({
    startMs: fc.integer({ min: 0, max: 80_000_000 }),
    lengthMs: fc.integer({ min: 1, max: 100_000 }),
    text: fc.string({ unit: 'binary', maxLength: 200 }),
  })
  .map(({ startMs, lengthMs, text }): Cue => ({ startMs, endMs: startMs + lengthMs, text }))

test('what was written is read again as it was, whatever its text', () => {
  fc.assert(
    fc.property(fc.array(anyCue, { maxLength: 20 }), (cues) => {
      const file = writeCaptions(
        parseCaptions(writeCaptions(cues.map((each) => ({ ...each, text: each.text.replaceAll(/\s+/g, ' ') })))),
      )
      expect(writeCaptions(parseCaptions(file))).toBe(file)
    }),
  )
})

/** Pieces of files, in any order: nearer to what people send than any letters. */
const pieces = fc.constantFrom(
  'WEBVTT',
  '\n',
  '\n\n',
  '\r\n',
  '1',
  '00:01.000 --> 00:02.000',
  ' --> ',
  'NOTE',
  'STYLE',
  '<script>',
  '<v x>',
  '</',
  '&lt;',
  '<',
  '>',
  '&#0;',
  '\0',
  '\ufeff',
  '00:00:09,999 --> 00:00:10,000 align:start',
  'text',
  '{\\a}',
  '\u2028',
)
const anyFile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 500 }),
  fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  fc.array(pieces, { maxLength: 60 }).map((all) => `WEBVTT\n\n${all.join('')}`),
)

test('any file is read or refused with a line, and never holds a tag afterwards', () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      try {
        const cues = parseCaptions(decodeCaptions(utf8(file)))
        const written = writeCaptions(cues)
        expect(written.replaceAll(' --> ', '')).not.toMatch(/[<>\0]/)
        expect(parseCaptions(written)).toEqual(cues)
      } catch (error) {
        if (!(error instanceof CaptionsError)) throw error
        expect(error.line).toBeGreaterThanOrEqual(1)
        expect(error.line).toBeLessThanOrEqual(file.split(/\r\n|\r|\n/).length)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('any bytes are text or refused with a line', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const fault = faultOf(() => decodeCaptions(bytes))
      if ('line' in fault) expect(fault.line).toBeGreaterThanOrEqual(1)
    }),
  )
})

test('ten megabytes without any sense are done with at once', () => {
  for (const line of ['<v '.repeat(50), '&'.repeat(150), '00:01.000 --> 00:02.000', 'text', '{\\'.repeat(75)])
    expect(faultOf(() => parseCaptions(`WEBVTT\n\n00:01.000 --> 00:02.000\n${`${line}\n`.repeat(65_000)}`))).toHaveProperty(
      'line',
    )
})

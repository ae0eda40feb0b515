const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
}

function decoded(whole: string, name: string): string {
  const known = entities[name.toLowerCase()]
  if (known !== undefined) return known
  const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : -1
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : whole
}

/** Tags of WebVTT and HTML, the time stamps of karaoke, and the overrides that SubRip files bring from elsewhere (`{\an8}`). */
const tags = /<\/?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}/gi
const voice = /<v(?:\.[^\s<>]*)?\s([^<>]*)>/gi

// Control characters, halves of characters, and what turns the direction of what follows for good.
const unwanted = /\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\ufeff\ufffe\uffff]/gu
const kept: Record<string, string> = { '\n': '\n', '\t': ' ' }

/** Text as it is kept: no control characters, no blank lines, no room at the ends of lines. */
export const tidyCueText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(unwanted, (each) => kept[each] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join('\n')

/** The plain text of a cue's lines in a file: a voice becomes `Name: …`, every other tag goes, character references are resolved. */
export const plainCueText = (lines: string): string =>
  tidyCueText(
    lines
      .replaceAll(voice, (_, name: string) => `${name.trim()}: `)
      .replaceAll(tags, '')
      .replaceAll(/&(#?\w{1,8});/g, decoded),
  )

/** Plain text as a WebVTT file writes it: it holds neither a tag nor an arrow. */
export const escapedCueText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

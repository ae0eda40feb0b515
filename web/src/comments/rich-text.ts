import { parseTimeCode } from '@meanwhile/shared/media/time-code'

type Named = { id: string; name: string }

/** A piece of a line. `moment`: a time that somebody wrote, in ms. `bare`: a link that nobody gave a name. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; parts: Inline[] }
  | { kind: 'em'; parts: Inline[] }
  | { kind: 'link'; href: string; label: string; bare?: true }
  | { kind: 'moment'; ms: number; label: string }
  | { kind: 'mention'; person: Named }

export type Block =
  | { kind: 'heading'; parts: Inline[] }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }

const signs = [
  '`(?<code>[^`\\n]+)`',
  '\\*\\*(?=\\S)(?<strong>[^\\n]+?)(?<=\\S)\\*\\*',
  '(?<![\\w*])\\*(?=\\S)(?<em>[^*\\n]+?)(?<=\\S)\\*(?![\\w*])',
  '\\[(?<label>[^\\]\\n]{1,200})\\]\\((?<target>https?://[^\\s()]+)\\)',
  '(?<url>https?://[^\\s<>"]+)',
  '(?<![\\w:.])(?<moment>(?:\\d{1,2}:)?\\d{1,3}:[0-5]\\d)(?!\\w|:\\d)',
]
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Of people whose names begin alike the longer one is meant. */
function patternFor(people: readonly Named[]): RegExp {
  const names = people.map(({ name }) => escaped(name)).toSorted((a, b) => b.length - a.length)
  const mention = names.length > 0 ? [`@(?<mention>${names.join('|')})(?![\\p{L}\\p{N}])`] : []
  return new RegExp([...signs, ...mention].join('|'), 'gu')
}

/** An address and what behind it belongs to the sentence: a full stop, a bracket that was opened before it. */
function splitUrl(found: string): [url: string, rest: string] {
  let url = found.replace(/[.,;:!?'"*]+$/, '')
  if (url.endsWith(')') && !url.includes('(')) url = url.slice(0, -1)
  return [url, found.slice(url.length)]
}

/** What a link is called where nobody said: its address without what everybody knows. */
const shortUrl = (url: string) => {
  const short = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return short.length > 48 ? `${short.slice(0, 47)}…` : short
}

function inlineOf(text: string, pattern: RegExp, people: readonly Named[]): Inline[] {
  const parts: Inline[] = []
  let done = 0
  for (const { 0: found, index, groups = {} } of text.matchAll(pattern)) {
    if (index > done) parts.push({ kind: 'text', text: text.slice(done, index) })
    done = index + found.length
    if (groups.url) {
      const [href, rest] = splitUrl(found)
      parts.push({ kind: 'link', href, label: shortUrl(href), bare: true })
      done -= rest.length
    } else parts.push(partOf(found, groups, pattern, people))
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}

function partOf(found: string, groups: Record<string, string>, pattern: RegExp, people: readonly Named[]): Inline {
  const { code, strong, em, label, target, moment, mention } = groups
  if (code) return { kind: 'code', text: code }
  if (strong) return { kind: 'strong', parts: inlineOf(strong, pattern, people) }
  if (em) return { kind: 'em', parts: inlineOf(em, pattern, people) }
  if (label && target) return { kind: 'link', href: target, label }
  if (moment) return { kind: 'moment', ms: parseTimeCode(moment) ?? 0, label: moment }
  const person = people.find(({ name }) => name === mention)
  return person ? { kind: 'mention', person } : { kind: 'text', text: found }
}

const bullet = /^\s{0,3}[-*•]\s+(?=\S)/
/** As in `headingsIn`, which makes chapters of those that name a time. */
const heading = /^\s*#{1,6}\s+(\S.*?)(?:\s+#+)?\s*$/
const number = /^\s{0,3}\d{1,3}[.)]\s+(?=\S)/

/**
 * A small Markdown, as data that is drawn node by node, so that nothing that somebody wrote becomes HTML: code, emphasis,
 * lists, links to http and https, times, the people who are named, and headings where they are asked for.
 */
export function richText(text: string, people: readonly Named[] = [], { headings = false } = {}): Block[] {
  const pattern = patternFor(people)
  const blocks: Block[] = []
  // Between the fences, at odd places, is code.
  for (const [index, piece] of text.split(/^```.*\n?/m).entries()) {
    if (index % 2 === 1) blocks.push({ kind: 'code', text: piece.replace(/\n$/, '') })
    else blocks.push(...blocksOf(piece, headings, (line) => inlineOf(line, pattern, people)))
  }
  return blocks
}

function blocksOf(text: string, headings: boolean, inline: (line: string) => Inline[]): Block[] {
  const blocks: Block[] = []
  let lines: string[] = []
  const endParagraph = () => {
    const paragraph = lines.join('\n').trim()
    if (paragraph) blocks.push({ kind: 'paragraph', parts: inline(paragraph) })
    lines = []
  }
  for (const line of text.split('\n')) {
    const title = headings ? heading.exec(line)?.[1] : undefined
    if (title !== undefined) {
      endParagraph()
      blocks.push({ kind: 'heading', parts: inline(title) })
      continue
    }
    const sign = bullet.exec(line) ?? number.exec(line)
    if (!sign) {
      if (line.trim() === '') endParagraph()
      else lines.push(line)
      continue
    }
    endParagraph()
    const ordered = number.test(line)
    const last = blocks.at(-1)
    const list = last?.kind === 'list' && last.ordered === ordered ? last : { kind: 'list' as const, ordered, items: [] }
    if (list !== last) blocks.push(list)
    list.items.push(inline(line.slice(sign[0].length)))
  }
  endParagraph()
  return blocks
}

/** A chapter as a text names it: its moment on the recorded clock, and its title. */
export type Heading = { atMs: number; title: string }

const maxTitle = 120
const code = String.raw`[\[(]?((?:\d{1,2}:)?\d{1,2}:[0-5]\d)[\])]?`
const before = new RegExp(String.raw`^${code}(?:\s*[-–—:|]\s*|\s+)(\S.*)$`)
const after = new RegExp(String.raw`^(\S.*?)(?:\s*[-–—|])?\s+${code}$`)

/** `0:42` or `1:02:03` in ms; minutes may go on behind 59 where there are no hours. */
function msOf(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000
}

/** A chapter has no long name; and no line takes long. */
const maxLine = 300

function headingOf(line: string): (Heading & { isMarked: boolean }) | null {
  const trimmed = line.trim()
  if (trimmed.length > maxLine) return null
  const [marks = ''] = /^(?:#{1,6}|[-*+]|\d{1,3}[.)])\s+/.exec(trimmed) ?? []
  const isMarked = marks.startsWith('#')
  const text = trimmed.slice(marks.length).replace(/\s+#+$/, '')
  const first = before.exec(text)
  if (first?.[1] && first[2]) return { atMs: msOf(first[1]), title: first[2], isMarked }
  const last = isMarked ? after.exec(text) : null
  return last?.[1] && last[2] ? { atMs: msOf(last[2]), title: last[1], isMarked } : null
}

const plain = (title: string) =>
  title
    .replaceAll(/[*_`]+/g, '')
    .trim()
    .slice(0, maxTitle)
    .trim()

/**
 * The chapters that a text names: headings with a time code (`## 0:42 Intro`, `## Intro (0:42)`), or at least two lines that begin
 * with one (`0:42 Intro`), which a single "10:30 Lunch" does not make.
 * @param endMs where the recording ends: what lies behind it is no chapter
 */
export function headingsIn(text: string, endMs = Number.POSITIVE_INFINITY): Heading[] {
  const found = text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => headingOf(line) ?? [])
    .map(({ title, ...rest }) => ({ ...rest, title: plain(title) }))
    .filter(({ atMs, title }) => atMs < endMs && title !== '')
  if (found.length < 2 && !found.some(({ isMarked }) => isMarked)) return []
  return found
    .map(({ atMs, title }) => ({ atMs, title }))
    .sort((a, b) => a.atMs - b.atMs)
    .filter(({ atMs }, index, all) => all[index - 1]?.atMs !== atMs)
}

/** Where what was answered begins: our own line, or what mail programs write before a quotation, in the languages that we know. */
const beginnings = [
  /^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|forwarded message)\s*-{2,}$/i,
  /^_{20,}$/,
  /^(on|am|le|el|il|op|den|em)\b.{6,200}\b(wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,200}:$/i,
  /^(from|von|de|da|van):\s.+@.+$/i,
]
const signature = /^(--\s?|sent from my .{1,60}|von meinem .{1,60} gesendet|envoyé de mon .{1,60}|get outlook for .{1,40})$/i

const isQuoted = (line: string) => line.startsWith('>')

/** A line that ends in the next one is looked at with it: programs wrap `On … wrote:`. */
const isBeginning = (line: string, next: string) =>
  beginnings.some(
    (pattern) => pattern.test(line) || (/^(on|am|le|el|il|op|den|em)\b/i.test(line) && pattern.test(`${line} ${next}`)),
  )

/** What somebody wrote themselves: without what they answer, and without a signature. Empty when that is nothing. */
export function cutReply(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').slice(0, 2_000)
  const end = lines.findIndex((line, at) => {
    const said = line.trim().slice(0, 400)
    if (signature.test(said) || isBeginning(said, lines[at + 1]?.trim().slice(0, 400) ?? '')) return true
    // A quotation to the end: what is answered between quoted lines is kept.
    return isQuoted(said) && lines.slice(at).every((rest) => rest.trim() === '' || isQuoted(rest.trim()))
  })
  return (end === -1 ? lines : lines.slice(0, end)).join('\n').trim()
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

/** More than a person writes, with the marks around it. */
const mostHtml = 100_000

/** Without elements that say nothing; one that has no end reaches to the end. By search alone: a pattern takes the square of the length. */
function withoutElement(html: string, name: string): string {
  const small = html.toLowerCase()
  const kept: string[] = []
  let from = 0
  for (let start = small.indexOf(`<${name}`); start !== -1; start = small.indexOf(`<${name}`, from)) {
    const after = start + name.length + 1
    if (/[a-z0-9-]/.test(small[after] ?? '')) {
      kept.push(html.slice(from, after))
      from = after
      continue
    }
    kept.push(html.slice(from, start))
    const end = small.indexOf(`</${name}`, after)
    const close = end === -1 ? -1 : small.indexOf('>', end)
    if (close === -1) return kept.join('')
    from = close + 1
  }
  return kept.join('') + html.slice(from)
}

/** The words of a mail that has no plain part; quotations are left out. */
export function textOfHtml(html: string): string {
  const spoken = ['script', 'style', 'head'].reduce(withoutElement, html.slice(0, mostHtml))
  const quotation = spoken.search(/<(blockquote\b|div class="?(gmail_quote|moz-cite-prefix))/i)
  return (quotation === -1 ? spoken : spoken.slice(0, quotation))
    .replace(/<br\s{0,9}\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name: string) => entities[name] ?? '')
}

export type LetterItem = { what: string; said?: string; url: string; answer?: string }

/** What a mail says to an address that nobody proved, instead of what others wrote. */
export const unproved =
  'What it is stays out of this mail, since nobody has proved this address yet: sign in once with a link by mail, and the next ones say it.'

/** What a mail says: a few sentences, and the one thing to press. */
export type Letter = {
  /** BCP 47; English where it says none. */
  language?: string
  subject: string
  paragraphs: string[]
  /** What there is one by one: who and what, the words of it, and where it is. */
  items?: LetterItem[]
  /** A button in one part, the address itself in the other. */
  link?: { label: string; url: string }
  /** Why somebody has this mail, and what to do who does not want it. */
  footer: string
}

/** One line, however it was written: nothing that people write may end a header and begin another. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

const paragraph = (html: string, style = '') => `<p style="margin:0 0 16px;${style}">${html}</p>`
const button =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5f4a;color:#ffffff;text-decoration:none;font-weight:600'

const quiet = 'font-size:13px;color:#5c6360'

const itemHtml = ({ what, said, url, answer }: LetterItem) =>
  paragraph(
    [
      `<a href="${escaped(url)}" style="color:#1f5f4a">${escaped(what)}</a>`,
      ...(said ? [`<br>${escaped(said)}`] : []),
      ...(answer ? [`<br><a href="mailto:${escaped(answer)}" style="${quiet}">Answer by mail</a>`] : []),
    ].join(''),
  )
/** Without where to answer: what is quoted and passed on would take that along. */
const itemText = ({ what, said, url }: LetterItem) => [what, ...(said ? [`  ${said}`] : []), `  ${url}`].join('\n')

function htmlOf({ language = 'en', paragraphs, items = [], link, footer }: Letter): string {
  const parts = [
    ...paragraphs.map((text) => paragraph(escaped(text))),
    ...items.map(itemHtml),
    ...(link
      ? [
          paragraph(`<a href="${escaped(link.url)}" style="${button}">${escaped(link.label)}</a>`),
          paragraph(escaped(link.url), 'font-size:13px;color:#5c6360;word-break:break-all'),
        ]
      : []),
    paragraph(escaped(footer), 'font-size:13px;color:#5c6360'),
  ]
  const body = 'margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1b1e1c;background:#ffffff'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="${body}"><div style="max-width:34rem;margin:0 auto">${parts.join('')}</div></body></html>`
}

/** A letter in both forms of a mail. */
export function compose(letter: Letter): { subject: string; text: string; html: string } {
  const items = (letter.items ?? []).map((item) => ({
    ...item,
    what: oneLine(item.what),
    ...(item.said ? { said: oneLine(item.said) } : {}),
  }))
  const told = { ...letter, subject: oneLine(letter.subject), paragraphs: letter.paragraphs.map(oneLine), items }
  const { subject, paragraphs, link, footer } = told
  const text = [...paragraphs, ...items.map(itemText), ...(link ? [`${link.label}:\n${link.url}`] : []), footer].join('\n\n')
  return { subject, text: `${text}\n`, html: htmlOf(told) }
}

/** How fast people read a text that they did not write, in words a minute; and in signs a minute where words are not set apart. */
const wordsPerMinute = 200
const signsPerMinute = 400
const leastMs = 4_000
const mostMs = 90_000

/** Scripts that put no space between words. */
const signs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu

/** How long a text stays on the screen as a card, in ms: as long as it takes to read, but never a flash nor a wait. */
export function cardMs(text: string): number {
  const signCount = text.match(signs)?.length ?? 0
  const wordCount = text.replace(signs, ' ').split(/\s+/).filter(Boolean).length
  const ms = (wordCount / wordsPerMinute + signCount / signsPerMinute) * 60_000
  return Math.round(Math.min(mostMs, Math.max(leastMs, ms)))
}

import { expect, test } from 'vitest'
import { cutReply, textOfHtml } from './cut-reply.ts'

test.each([
  [
    'Yes, ship it.\r\n\r\nOn Tue, 24 Mar 2026 at 10:00, Meanwhile <meanwhile@example.org> wrote:\r\n> Which one?\r\n',
    'Yes, ship it.',
  ],
  ['Ja.\n\nAm Di., 24. März 2026 um 10:00 Uhr schrieb Meanwhile\n<meanwhile@example.org>:\n\n> Was?', 'Ja.'],
  ['Fine\n\n-- \nAda\nChief of nothing', 'Fine'],
  ['Fine\n\nSent from my iPhone', 'Fine'],
  ['Fine\n\n________________________________\nFrom: Meanwhile <m@example.org>\nSent: Tuesday', 'Fine'],
  ['> first?\nYes\n> second?\nNo', '> first?\nYes\n> second?\nNo'],
  ['> only a quotation', ''],
  ['On Tuesday I wrote it down: see the page', 'On Tuesday I wrote it down: see the page'],
])('%j says %j', (text, said) => expect(cutReply(text)).toBe(said))

test('the words of a mail without a plain part', () => {
  expect(cutReply(textOfHtml('<style>p{}</style><div>Yes &amp; no<br>two</div><blockquote>old</blockquote>'))).toBe(
    'Yes & no\ntwo',
  )
})

test('what says nothing is left out, also without an end; a name that only begins alike is kept', () => {
  expect(textOfHtml('<HEAD><title>x</title></HEAD><header>Yes</header><script>a()')).toBe('Yes')
})

test.each(['<', '<script>', '<script></script', '<br    ', '<blockquote'])('%j half a million times takes no time', (part) => {
  const startedAt = performance.now()
  textOfHtml(part.repeat(500_000 / part.length))
  expect(performance.now() - startedAt).toBeLessThan(500)
})

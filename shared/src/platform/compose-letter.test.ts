import { expect, test } from 'vitest'
import { compose, oneLine } from './compose-letter.ts'

const footer = 'You have this mail because somebody asked for it.'

test('both forms say the same', () => {
  const { text, html } = compose({
    subject: 'Hello',
    paragraphs: ['Come in.'],
    link: { label: 'Enter', url: 'https://example.org/enter/abc' },
    footer,
  })
  expect(text).toBe(`Come in.\n\nEnter:\nhttps://example.org/enter/abc\n\n${footer}\n`)
  expect(html).toContain('href="https://example.org/enter/abc"')
  expect(html).toContain(footer)
})

test('what people are called begins no header', () => {
  const { subject } = compose({ subject: 'Join Team\r\nBcc: eve@example.org\u2028\u0000x', paragraphs: [], footer })
  expect(subject).toBe('Join Team Bcc: eve@example.org x')
  expect(oneLine('a\u0085b')).toBe('a b')
})

test('what people are called is no markup', () => {
  const { html } = compose({ subject: 'x', paragraphs: ['<img src=x onerror=alert(1)> "A" & B'], footer })
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;A&quot; &amp; B')
  expect(html).not.toContain('<img')
})

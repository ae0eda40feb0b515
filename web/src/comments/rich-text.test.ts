import { expect, test } from 'vitest'
import { type Inline, richText } from './rich-text.ts'

const ben = { id: 'b', name: 'Ben' }
const benOrtiz = { id: 'o', name: 'Ben Ortiz' }

/** The pieces of one paragraph, in short. */
function parts(text: string, people = [ben, benOrtiz]): string {
  const short = (part: Inline): string => {
    if (part.kind === 'text') return part.text
    if (part.kind === 'code') return `<code ${part.text}>`
    if (part.kind === 'link') return `<link ${part.href} ${part.label}>`
    if (part.kind === 'moment') return `<moment ${part.ms}>`
    if (part.kind === 'mention') return `<mention ${part.person.id}>`
    return `<${part.kind} ${part.parts.map(short).join('')}>`
  }
  return richText(text, people)
    .map((block) => (block.kind === 'paragraph' ? block.parts.map(short).join('') : block.kind))
    .join(' | ')
}

test.each([
  ['plain < text & "so"', 'plain < text & "so"'],
  ['`a *b* c` and **bold `x`** and *slant*', '<code a *b* c> and <strong bold <code x>> and <em slant>'],
  ['2 * 3 * 4 and **not closed', '2 * 3 * 4 and **not closed'],
  ['See https://www.example.org/a/.', 'See <link https://www.example.org/a/ example.org/a>.'],
  ['(https://example.org/x)', '(<link https://example.org/x example.org/x>)'],
  ['[the page](https://example.org/x)', '<link https://example.org/x the page>'],
  ['[click](javascript:alert(1)) javascript:alert(1)', '[click](javascript:alert(1)) javascript:alert(1)'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['at 1:23: then 1:02:03.', 'at <moment 83000>: then <moment 3723000>.'],
  ['ratio 1:99, port :8080, 12:345', 'ratio 1:99, port :8080, 12:345'],
  ['@Ben Ortiz and @Ben, not @Benno', '<mention o> and <mention b>, not @Benno'],
  ['a\nb', 'a\nb'],
  ['a\n\nb', 'a | b'],
])('%j is read as %j', (text, expected) => {
  expect(parts(text)).toBe(expected)
})

test('nobody is named who was not chosen', () => {
  expect(parts('@Ben', [])).toBe('@Ben')
})

test('lines that begin with # are headings where there are any, with times and emphasis in them', () => {
  const text = 'Before\n## 0:42 *Intro* ##\nAfter\n#tag\n```\n# code\n```'
  expect(richText(text, [], { headings: true })).toEqual([
    { kind: 'paragraph', parts: [{ kind: 'text', text: 'Before' }] },
    {
      kind: 'heading',
      parts: [
        { kind: 'moment', ms: 42_000, label: '0:42' },
        { kind: 'text', text: ' ' },
        { kind: 'em', parts: [{ kind: 'text', text: 'Intro' }] },
      ],
    },
    { kind: 'paragraph', parts: [{ kind: 'text', text: 'After\n#tag' }] },
    { kind: 'code', text: '# code' },
  ])
  expect(parts('## Not here')).toBe('## Not here')
})

test('lists and blocks of code stand for themselves', () => {
  expect(richText('First:\n- one\n- two\n1. three\n```ts\n- four **x**\n```\nend')).toEqual([
    { kind: 'paragraph', parts: [{ kind: 'text', text: 'First:' }] },
    { kind: 'list', ordered: false, items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two' }]] },
    { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'three' }]] },
    { kind: 'code', text: '- four **x**' },
    { kind: 'paragraph', parts: [{ kind: 'text', text: 'end' }] },
  ])
})

import { type AST, parse } from 'svelte/compiler'
import { expect, test } from 'vitest'

/** The rooms that are translated whole. */
const sources = import.meta.glob<string>(
  [
    '../{agreement,candidate,channels,check-ins,decisions,home,hours,import,pairings,recovered,sign-in,workspaces}/*.svelte',
    '../{player,recorder}/**/*.svelte',
    '../{App,Later,NotFoundPage,PageHere,TopBar}.svelte',
  ],
  { query: '?raw', import: 'default', eager: true },
)

/** Attributes, and properties of our own components, that people read or hear. */
const heard = new Set([
  'aria-label',
  'title',
  'alt',
  'placeholder',
  'label',
  'hint',
  'text',
  'heading',
  'promise',
  'advice',
  'back',
  'none',
])
const isWords = (text: string) => /\p{L}{2,}/u.test(text.replaceAll('Meanwhile', ''))

type Node = { type: string; name?: string; data?: string }

/** Words in the markup of a component that are there instead of in a catalogue. */
function wordsInPlace(source: string): string[] {
  const found: string[] = []
  const look = (value: unknown, isHeard: boolean): void => {
    if (Array.isArray(value)) for (const each of value) look(each, isHeard)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const { type, name = '', data = '' } = value as Node
    if (type === 'StyleDirective') return
    if (type === 'Text' && isHeard && isWords(data)) found.push(data.trim())
    const within = type === 'Attribute' ? heard.has(name) : isHeard
    for (const [key, child] of Object.entries(value)) if (key !== 'metadata') look(child, within)
  }
  const { fragment }: AST.Root = parse(source, { modern: true })
  look(fragment, true)
  return found
}

test('words in the markup are found, and what nobody reads is not', () => {
  const source =
    '<p class="quiet" title="Old">{say("key")} new<Field label="Name" name="first" /></p><style>p { color: red }</style>'
  expect(wordsInPlace(source)).toEqual(['Old', 'new', 'Name'])
})

test.each(Object.entries(sources))('%s says everything through a catalogue', (_, source) => {
  expect(wordsInPlace(source)).toEqual([])
})

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what is written.
import { expect, test } from 'vitest'
import { textsIn, unmarked } from './marked-text.ts'
import { parseComponent, WrittenInPlace } from './write-in-place.ts'

const english = {
  door: {
    open: 'Open',
    quoted: 'Say "friend"',
    by: 'By {person} at {time}',
    all: 'All {things}',
    turned: '{a} before {b}',
    left: { one: '{count} key', other: '{count} keys' },
  },
}
const german = {
  door: {
    open: 'Öffnen',
    quoted: 'Sagen Sie „Freund“',
    by: 'Von {person} um {time}',
    all: '{things} alle',
    turned: '{b} nach {a}',
    left: { one: '{count} Schlüssel', other: '{count} Schlüssel' },
  },
}
const languages = [english, german].map(textsIn)

/** A component as it is written, with the original texts and no marks. */
const written = (source: string) => {
  const { programs, nodes } = parseComponent(source)
  const writing = new WrittenInPlace(source, new Map([['say', 'door']]), languages)
  const marked = writing.all(nodes, { start: programs[0]?.start ?? 0, text: 'import;' })
  return { marked, text: unmarked(marked, (_, text) => text), german: unmarked(marked, (key) => languages[1]?.get(key) ?? null) }
}

test('a text stands in the markup as if there were one language', () => {
  expect(written(`<Row label={say('open')} hint="{say('open')}!">{say('open')} it</Row>`).text).toBe(
    '<Row label="Open" hint="Open!">Open it</Row>',
  )
})

test('what HTML or quotes would end stands in code', () => {
  expect(written(`<p title={say('quoted')}>{say('quoted')}</p>`).text).toContain('title={"Say \\"friend\\""}')
})

test('a choice of keys is a choice of texts', () => {
  const source = `<script lang="ts">const name = say(isOpen ? 'open' : 'quoted') as string</script>`
  expect(written(source).text).toContain('(isOpen ? "Open" : "Say')
})

test('values stand where a message names them, and may be said themselves', () => {
  const source = `<p>{say('by', { time: say('open'), person })}</p>`
  expect(written(source).text).toBe('<p>{`By ${person} at ${"Open"}`}</p>')
  expect(written(source).german).toBe('<p>{`Von ${person} um ${"Öffnen"}`}</p>')
  const behind = `<p>{say('all', { things: 'x' })}</p>`
  expect(written(behind).german).toBe("<p>{`${'x'} alle`}</p>")
})

test('what nothing calls any more is not imported; what something still calls is', () => {
  const source = (call: string) => `<script>import { say } from './words.ts'</script><p>{say('open')}</p><p>{${call}}</p>`
  expect(written(source('other')).text).toBe('<script></script><p>Open</p><p>{other}</p>')
  expect(written(source('say(key)')).text).toContain('import { say }')
  expect(written(source("say('by', { person: say(key), time })")).text).toContain('import { say }')
})

test('a plural is chosen while the page runs', () => {
  const source = "<script>const left = say('left', { count: n })</script>"
  expect(written(source).text).toBe('<script>import;const left = sayPlural("{count} key", "{count} keys", { count: n })</script>')
})

test.each([
  ["say('turned', { a, b })", 'languages want its names in different orders'],
  ["say('by', values)", 'its values come from elsewhere'],
  ["say('by', { ...values })", 'its values come from elsewhere'],
  ['say(key)', 'its key is chosen while the page runs'],
  ["say('unknown')", 'nobody has it'],
  ["tell('open')", 'it is not what says messages'],
])('%s stays as it is: %s', (call) => {
  const source = `<p>{${call}}</p>`
  expect(written(source).marked).toBe(source)
})

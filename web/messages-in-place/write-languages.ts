import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { type Plugin, parseAst, type Rolldown } from 'vite'
import { keysIn, type Texts, textsIn, unmarked } from './marked-text.ts'
import type { Node } from './write-in-place.ts'
import type { Rooms } from './write-messages.ts'

/**
 * Takes the marks of `write-messages.ts` away: the app as it is built says its original texts, and beside it stands once more what says
 * something in each other language, in `assets/<language>-<hash>/` and `index.<language>.html`. `.vite/languages.json` names the folders.
 */
export const writeLanguages = (original: Rooms, others: Record<string, Rooms>): Plugin => ({
  name: 'write-languages',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const outputs = Object.values(bundle)
      const chunks = outputs.filter((output) => output.type === 'chunk')
      const known = textsIn(original)
      const speaking = speakingOf(chunks, known)
      const html = outputs.find(({ fileName }) => fileName === 'index.html') as Rolldown.OutputAsset
      const folders: Record<string, string> = {}
      for (const [language, rooms] of Object.entries(others)) {
        const texts = textsIn(rooms)
        const sources = chunks
          .filter(({ fileName }) => speaking.has(fileName))
          .map(({ fileName, code }) => ({
            name: basename(fileName),
            source: moved(translated(code, texts), speaking, somewhere),
          }))
        const folder = `assets/${language}-${hashOf(sources.map(({ source }) => source).join())}/`
        folders[language] = folder
        for (const { name, source } of sources)
          this.emitFile({ type: 'asset', fileName: folder + name, source: source.replaceAll(somewhere, folder) })
        const page = moved(`${html.source}`, speaking, folder).replace('<html lang="en"', `<html lang="${language}"`)
        this.emitFile({ type: 'asset', fileName: `index.${language}.html`, source: page })
      }
      for (const chunk of chunks) chunk.code = unmarked(chunk.code, (key, text) => (known.has(key) ? text : null))
      const left = chunks.find(({ code }) => keysIn(code).some((key) => known.has(key)))
      if (left) throw new Error(`a mark is left in ${left.fileName}`)
      this.emitFile({ type: 'asset', fileName: '.vite/languages.json', source: JSON.stringify(folders) })
    },
  },
})

/** Stands for a folder that is named by what is in it. */
const somewhere = 'assets/of-a-language/'

/** The chunks that say something, and those that load one of them, to the end: all others are the same in each language. */
function speakingOf(chunks: Rolldown.OutputChunk[], known: Texts): Set<string> {
  const speaking = new Set(
    chunks.filter(({ code }) => keysIn(code).some((key) => known.has(key))).map(({ fileName }) => fileName),
  )
  for (let before = -1; before < speaking.size; ) {
    before = speaking.size
    for (const { fileName, imports, dynamicImports } of chunks)
      if ([...imports, ...dynamicImports].some((name) => speaking.has(name))) speaking.add(fileName)
  }
  return speaking
}

/** The names of chunks as they are seen from a language's folder: some are in it, and what is the same in each language is outside. */
const moved = (code: string, speaking: Set<string>, folder: string): string =>
  code
    .replace(/assets\/[\w-]+\.js/g, (name) => (speaking.has(name) ? folder + basename(name) : name))
    .replace(/(["'`])\.\/([\w-]+\.js)\1/g, (whole, quote, name) =>
      speaking.has(`assets/${name}`) ? whole : `${quote}../${name}${quote}`,
    )

/** Each marked text in another language, escaped as the quotes around it ask for. */
function translated(code: string, texts: Texts): string {
  const say = (quote: string) => (key: string) => {
    const text = texts.get(key)
    if (text === undefined) return null
    const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
    return quote === '`' ? escaped.replaceAll('${', '\\${') : escaped
  }
  let [written, at] = ['', 0]
  for (const { start, end, type } of textNodes(parseAst(code) as unknown as Node)) {
    const raw = code.slice(start, end)
    written += code.slice(at, start) + unmarked(raw, say(type === 'TemplateElement' ? '`' : raw.charAt(0)))
    at = end
  }
  return written + code.slice(at)
}

function* textNodes(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* textNodes(each)
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node
    if (node.type === 'TemplateLiteral') {
      // A template has its texts and its values in lists of their own; they are wanted in the order in which they stand.
      const parts = [...(node.quasis as Node[]), ...(node.expressions as Node[])].sort((a, b) => a.start - b.start)
      for (const part of parts) yield* textNodes(part)
    } else if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string')) yield node
    else for (const child of Object.values(node)) yield* textNodes(child)
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 7)

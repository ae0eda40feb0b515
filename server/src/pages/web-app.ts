import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Appearance } from '@meanwhile/shared/contract/preferences'
import { restAfterPicture } from './after-picture.ts'
import { type Asking, languageFor } from './language.ts'

/** Where the built web app is, with `index.html`, `assets/` and Vite's manifest. */
export const dist = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** What Vite writes of a chunk. @see https://vite.dev/guide/backend-integration */
type Chunk = { file: string; imports?: string[]; css?: string[] }
type Manifest = Record<string, Chunk>

/** Texts of HTML that are put into the page. With a `video` that loads early, all else waits for its first picture. */
export type Additions = { title: string | null; head: string; body: string; video?: string }

const stylesheet = /<link rel="stylesheet"[^>]*>/g

type Parts = { chunks?: string[]; earlyStyles?: string }
type Page = ReturnType<typeof pageIn>

/** The web app as it was built; null where it was not. */
export function readWebApp() {
  if (!existsSync(join(dist, 'index.html'))) return null
  const manifest: Manifest = readJson('.vite/manifest.json')
  const others = Object.entries<string>(readJson('.vite/languages.json')).map(([language, folder]) => ({
    language,
    manifest: movedTo(folder, manifest),
  }))
  const languages = others.map(({ language }) => language)
  return {
    /**
     * A page whose own chunks, and what those need, are loaded together with the app instead of after it: for a request, in its language.
     * @param parts.chunks their sources
     * @param parts.earlyStyles the source of those that the page itself has, for what is seen before others have loaded
     */
    pageOf: (parts: Parts = {}) => {
      const original = pageIn('index.html', manifest, parts)
      const translated = new Map<string, Page>(
        others.map(({ language, manifest }) => [language, pageIn(`index.${language}.html`, manifest, parts)]),
      )
      return (headers: Asking): Page => translated.get(languageFor(headers, languages)) ?? original
    },
  }
}

const readJson = (path: string) => JSON.parse(readFileSync(join(dist, path), 'utf8'))

/** What says something is in the language's folder under the same name. */
function movedTo(folder: string, manifest: Manifest): Manifest {
  const fileOf = (file: string) => {
    const there = folder + basename(file)
    return existsSync(join(dist, there)) ? there : file
  }
  return Object.fromEntries(Object.entries(manifest).map(([source, chunk]) => [source, { ...chunk, file: fileOf(chunk.file) }]))
}

function pageIn(file: string, manifest: Manifest, { chunks = [], earlyStyles }: Parts) {
  const html = readFileSync(join(dist, file), 'utf8')
  const [beforeRoot = '', afterRoot = ''] = html.split('<html ')
  const [beforeTitle = '', rest = ''] = afterRoot.split('<title>Meanwhile</title>')
  const [beforeBody = '', afterBody = ''] = rest.split('<div id="app">')
  const links = linksOf(manifest, chunks, html)
  const styles = links.styles + (beforeBody.match(stylesheet)?.join('') ?? '')
  const scripts = beforeBody.replace(stylesheet, '')
  const early =
    earlyStyles === undefined ? '' : `<style>${readFileSync(join(dist, chunkOf(manifest, earlyStyles).file), 'utf8')}</style>`

  /** What it begins with, whatever it shows: light or dark for who chose one. */
  const begin = (appearance: Appearance) => {
    const chosen = appearance === 'system' ? '' : `data-appearance="${appearance}" `
    return `${beforeRoot}<html ${chosen}${beforeTitle}${early || styles}`
  }
  /** The rest of it, with something more in it. */
  const end = ({ title, head, body, video = '' }: Additions) => {
    const shown = title === null ? '' : `${escapeHtml(title)} · `
    const loaded = (early && styles) + links.scripts + head + scripts
    return `<title>${shown}Meanwhile</title>${video ? restAfterPicture(loaded) : loaded}${body}${video}<div id="app">${afterBody}`
  }
  return { begin, end, whole: (additions: Additions, appearance: Appearance) => begin(appearance) + end(additions) }
}

function chunkOf(manifest: Manifest, source: string): Chunk {
  const chunk = manifest[source]
  if (!chunk) throw new Error(`the web app was built without ${source}`)
  return chunk
}

function chunksOf(manifest: Manifest, source: string, known: Set<Chunk>): Set<Chunk> {
  const chunk = chunkOf(manifest, source)
  if (!known.has(chunk)) {
    known.add(chunk)
    for (const name of chunk.imports ?? []) chunksOf(manifest, name, known)
  }
  return known
}

/** As HTML. */
function linksOf(manifest: Manifest, sources: string[], html: string) {
  const chunks = new Set<Chunk>()
  for (const source of sources) chunksOf(manifest, source, chunks)
  const link = (rel: string) => (file: string) => `<link rel="${rel}" crossorigin href="/${file}">`
  const fresh = (file: string) => !html.includes(file)
  const styles = [...chunks].flatMap(({ css = [] }) => css).filter(fresh)
  const scripts = [...chunks].map(({ file }) => file).filter(fresh)
  return { styles: styles.map(link('stylesheet')).join(''), scripts: scripts.map(link('modulepreload')).join('') }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text as it stands in HTML, also inside of a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** A value as the content of a script element of type `application/json`, which nothing inside of it can end. */
export const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Appearance } from '@meanwhile/shared/contract/preferences'
import { scriptsAfterPicture } from './after-picture.ts'
import { type Asking, languageFor } from './language.ts'

/** Where the built web app is, with `index.html`, `assets/` and Vite's manifest. */
export const dist = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** What Vite writes of a chunk. @see https://vite.dev/guide/backend-integration */
type Chunk = { file: string; imports?: string[]; css?: string[] }
type Manifest = Record<string, Chunk>

/** Texts of HTML that are put into the page. With a `video` that loads early, scripts wait for its first picture. */
export type Additions = { title: string | null; head: string; body: string; video?: string }

/** As HTML. */
export type Links = { styles: string; scripts: string }
const none: Links = { styles: '', scripts: '' }
const stylesheet = /<link rel="stylesheet"[^>]*>/g

/** The web app as it was built, in each of its languages; null where it was not. */
export function readWebApp() {
  if (!existsSync(join(dist, 'index.html'))) return null
  const manifest: Manifest = readJson('.vite/manifest.json')
  const folders: Record<string, string> = readJson('.vite/languages.json')
  const original = readIn('index.html', manifest)
  const apps = new Map(
    Object.entries(folders).map(([language, folder]) => [language, readIn(`index.${language}.html`, movedTo(folder, manifest))]),
  )
  /** In the language that a request asks for. */
  return { for: (headers: Asking) => apps.get(languageFor(headers, [...apps.keys()])) ?? original }
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

function readIn(page: string, manifest: Manifest) {
  const html = readFileSync(join(dist, page), 'utf8')
  const [beforeRoot = '', afterRoot = ''] = html.split('<html ')
  const [beforeTitle = '', rest = ''] = afterRoot.split('<title>Meanwhile</title>')
  const [beforeBody = '', afterBody = ''] = rest.split('<div id="app">')
  const styles = beforeBody.match(stylesheet)?.join('') ?? ''
  const scripts = beforeBody.replace(stylesheet, '')

  /** What every page begins with, whatever it shows: light or dark for who chose one. */
  const begin = (appearance: Appearance, links: Links = none) => {
    const chosen = appearance === 'system' ? '' : `data-appearance="${appearance}" `
    return `${beforeRoot}<html ${chosen}${beforeTitle}${links.styles}${styles}`
  }
  /** The rest of a page, with something more in it. */
  const end = ({ title, head, body, video = '' }: Additions, links: Links = none) => {
    const shown = title === null ? '' : `${escapeHtml(title)} · `
    const loaded = links.scripts + head + scripts
    return `<title>${shown}Meanwhile</title>${video ? scriptsAfterPicture(loaded) : loaded}${body}${video}<div id="app">${afterBody}`
  }
  return {
    begin,
    end,
    whole: (additions: Additions, appearance: Appearance, links?: Links) => begin(appearance, links) + end(additions, links),
    /** With which a browser loads a page's own chunks, and what those need, together with the app instead of after it. */
    linksFor: (...sources: string[]): Links => {
      const known = new Set<Chunk>()
      for (const source of sources) chunksOf(manifest, source, known)
      return linksOf(known, html)
    },
  }
}

function chunksOf(manifest: Manifest, source: string, known: Set<Chunk>): Set<Chunk> {
  const chunk = manifest[source]
  if (!chunk) throw new Error(`the web app was built without ${source}`)
  if (!known.has(chunk)) {
    known.add(chunk)
    for (const name of chunk.imports ?? []) chunksOf(manifest, name, known)
  }
  return known
}

function linksOf(chunks: Set<Chunk>, html: string): Links {
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

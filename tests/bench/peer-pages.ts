import { mkdtemp, readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildScript } from '@meanwhile/infra/build-script'

/** What other players are, each a script of its own in `peers`. */
export const scripted = ['hls', 'media-chrome', 'vidstack'] as const
export type Scripted = (typeof scripted)[number]

/** Pages that play with other players, all built as the watch page is. */
export async function buildPeers() {
  const folders = new Map<string, string>()
  for (const name of scripted) {
    const outDir = await mkdtemp(join(tmpdir(), `meanwhile-peer-${name}-`))
    folders.set(name, outDir)
    await buildScript({ entry: fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url)), outDir, base: `/peer/${name}/` })
  }

  /** The JavaScript that a page loads before it plays, gzipped, in bytes: its script and all that this imports at once. */
  async function weightOf(name: Scripted): Promise<number> {
    const folder = folders.get(name) ?? ''
    const seen = new Set<string>()
    async function weigh(file: string): Promise<number> {
      if (seen.has(file)) return 0
      seen.add(file)
      const bytes = await readFile(join(folder, file))
      const imports = [...bytes.toString().matchAll(/(?:from|import)\s*["'](?:\.\/|\/peer\/[\w-]+\/)([\w./-]+\.js)["']/g)]
      const near = imports.map(([, path = '']) =>
        file.startsWith('assets/') && !path.startsWith('assets/') ? `assets/${path}` : path,
      )
      let sum = gzipSync(bytes).length
      for (const path of near) sum += await weigh(path)
      return sum
    }
    return weigh('script.js')
  }

  /** Answers `/peer/<name>`: `bare` is an element and nothing else. */
  async function answer(path: string, response: ServerResponse) {
    const { pathname, searchParams } = new URL(path, 'http://here')
    const [, name = '', file = ''] = /^\/peer\/([\w-]+)\/?(.*)$/.exec(pathname) ?? []
    const folder = folders.get(name)
    if (folder && file) {
      const bytes = await readFile(join(folder, file)).catch(() => null)
      return response.writeHead(bytes ? 200 : 404, { 'content-type': 'text/javascript' }).end(bytes)
    }
    const source = `<video muted preload="auto" src="${searchParams.get('file')}"></video>`
    const script = `<script type="module" src="/peer/${name}/script.js"></script>`
    const body = name === 'bare' ? source : script
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>${name}</title><body>${body}</body>`)
  }
  return { weightOf, answer }
}

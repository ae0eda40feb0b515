import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const manifest = fileURLToPath(new URL('../../web/dist/.vite/manifest.json', import.meta.url))

/** The built files of a source that the web app loads late, as in `assets/…`: its script and its own style sheet. */
export async function webChunk(source: string): Promise<{ js: string; css: string }> {
  const chunk = JSON.parse(await readFile(manifest, 'utf8'))[source]
  if (!chunk) throw new Error(`the web app was built without ${source}`)
  return { js: chunk.file, css: chunk.css?.at(-1) ?? '' }
}

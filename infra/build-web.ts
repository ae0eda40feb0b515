import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'

const sources = ['web', 'shared/src/contract', 'shared/src/media', 'pnpm-lock.yaml']
const skipped = new Set(['dist', 'node_modules'])
const stampFile = join(root, 'web/dist/.built-from')

/**
 * Builds the web app into `web/dist`, unless that was built from the same sources.
 * @returns whether it had to be built
 */
export async function buildWeb(): Promise<boolean> {
  const wanted = await fingerprint()
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === wanted) return false
  // Loaded only when needed: a start that builds nothing is twice as fast without it.
  const { build } = await import('vite')
  const nodeEnv = process.env.NODE_ENV
  await build({ root: join(root, 'web'), logLevel: 'error' })
  // Vite sets it to "production" for the whole process.
  if (nodeEnv === undefined) delete process.env.NODE_ENV
  else process.env.NODE_ENV = nodeEnv
  await writeFile(stampFile, wanted)
  return true
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources)
    for await (const path of filesIn(source)) hash.update(`${path}\n`).update(await readFile(join(root, path)))
  return hash.digest('hex')
}

async function* filesIn(path: string): AsyncGenerator<string> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return yield path
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name)) continue
    if (entry.isDirectory()) yield* filesIn(`${path}/${entry.name}`)
    else yield `${path}/${entry.name}`
  }
}

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildOnce } from './build-once.ts'
import { root } from './root.ts'

const sources = ['web', 'shared/src/contract', 'shared/src/media', 'pnpm-lock.yaml', 'infra/build-web.ts']
const skipped = new Set(['dist', 'node_modules', '.building'])

/**
 * Builds the web app into `web/dist`, unless that was built from the same sources.
 * @returns whether it had to be built
 */
export const buildWeb = (): Promise<boolean> =>
  buildOnce({
    folder: join(root, 'web/dist'),
    workFolder: join(root, 'web/.building'),
    lockFile: join(root, 'node_modules/.meanwhile-build.lock'),
    fingerprint,
    make,
  })

async function make(outDir: string) {
  // Loaded only when needed: a start that builds nothing is twice as fast without it.
  const { build } = await import('vite')
  const nodeEnv = process.env.NODE_ENV
  // Under "test" or "development" Svelte and Vite would write another, slower app.
  process.env.NODE_ENV = 'production'
  try {
    await build({ root: join(root, 'web'), logLevel: 'error', build: { outDir, emptyOutDir: true } })
  } finally {
    if (nodeEnv === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = nodeEnv
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) for await (const path of filesIn(source)) hash.update(`${path}\n`).update(await bytesOf(path))
  return hash.digest('hex')
}

/** A file that an editor or git is replacing may be gone for a moment; the next start looks again. */
const bytesOf = (path: string) =>
  readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return 'gone'
    throw error
  })

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

import { join } from 'node:path'

/** Builds one page by itself, with all that it loads, for tests of parts of the web app. */
export async function buildPage(folder: string, outDir: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: { target: 'es2022', outDir, emptyOutDir: true, rolldownOptions: { input: join(folder, 'index.html') } },
  })
}

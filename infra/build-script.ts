import { build } from 'vite'

/** Bundles a script, and what it imports, for a browser: `<outDir>/script.js`, served below `base`. */
export async function buildScript({ entry, outDir, base }: { entry: string; outDir: string; base: string }) {
  await build({
    configFile: false,
    logLevel: 'error',
    base,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: entry, output: { entryFileNames: 'script.js' } },
    },
  })
}

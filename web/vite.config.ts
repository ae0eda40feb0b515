import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { compressAssets } from './compress-assets.ts'
import { writeLanguages } from './messages-in-place/write-languages.ts'
import { writeMessages } from './messages-in-place/write-messages.ts'
import { de } from './src/messages/rooms-de.ts'
import { en } from './src/messages/rooms-en.ts'
import { es } from './src/messages/rooms-es.ts'

/** The host stays the one that the browser named, so that the API sees requests of its own site. */
const api = { target: 'http://localhost:3000', changeOrigin: false }

const src = fileURLToPath(new URL('src', import.meta.url))

const short = (name: string) => name.replace(/\..*/, '').slice(0, 6)

export default defineConfig({
  plugins: [writeMessages(src, en, [de, es]), svelte(), writeLanguages(en, { de, es }), compressAssets()],
  build: {
    target: 'es2022',
    // The API links a page's own chunk from its HTML.
    manifest: true,
    modulePreload: {
      polyfill: false,
      // Every page has these from the beginning; to name them with each chunk costs the watch page as much as a feature does.
      resolveDependencies: (_file, deps) => deps.filter((dep) => !/\/(svelte|shared|index)-[\w-]+\.js$/.test(dep)),
    },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The API writes the styles of an early video into its page.
      input: ['index.html', 'src/watch/early-video.css', 'src/embed/early-video.css'],
      // Svelte does not say that its reactive Map and Set have no side effects; only menus and dialogs need them.
      treeshake: { moduleSideEffects: [{ test: /svelte\/src\/reactivity\//, sideEffects: false }] },
      output: {
        // The watch page names sixty files: enough of their names to tell them apart.
        entryFileNames: ({ name }) => `assets/${short(name)}-[hash:7].js`,
        chunkFileNames: ({ name }) => `assets/${short(name)}-[hash:7].js`,
        assetFileNames: ({ names: [name = 'asset'] }) => `assets/${short(name)}-[hash:7][extname]`,
        codeSplitting: {
          groups: [
            { name: 'svelte', test: /svelte\/src\/internal/ },
            // Together, because as files of their own they cost the watch page a kilobyte more. The clock is the player's, not that of
            // working hours, which knows all zones.
            {
              name: 'shared',
              test: /preload-helper|(?<!working-hours)\/(live\.svelte|Icon\.svelte|Time\.svelte|time-code|clock|cuts|rates|shortcuts|fresh-recording|shown-title|spoken-time|time-or-network|preferences)(\.ts)?$/,
            },
            // The player and what gives it something to play: whoever needs the one without the other would split them, for another half
            // kilobyte. What they need is everybody's, and stays where it is.
            {
              name: 'watching',
              test: /\/(watch\/watch(ed|ing)\.svelte|player\/(Player|Controls|Volume|Timeline|PlayerStatus|playback|feed|source|choices|chapters|commands|keep-volume|start-position))(\.svelte)?(\.ts)?$/,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/media': api } },
})

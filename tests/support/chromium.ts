import { existsSync } from 'node:fs'

/** Where Chromium is, as `npm test` found it; empty when there is none. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

/** A fake screen, camera and microphone, and no traffic of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

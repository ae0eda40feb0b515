import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildScript } from '@meanwhile/infra/build-script'
import type { FaultProxy } from '../../support/fault-proxy.ts'

const entry = fileURLToPath(new URL('page.ts', import.meta.url))

/** A page that may measure its memory may hold nothing of other origins. */
const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

/** Builds the page from the recorder's own sources and serves it, and the segments that it feeds on, beside the site. */
export async function serveSoakPage(network: FaultProxy, outDir: string, fileOf: (track: string, number: number) => string) {
  await buildScript({ entry, outDir, base: '/soak/' })
  const script = (response: ServerResponse, file: string) =>
    readFile(file).then(
      (bytes) => response.writeHead(200, { ...isolated, 'content-type': 'text/javascript' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  network.serve('/soak/', (path, response) => {
    const [, track, number] = /^\/soak\/(\w+)\/(\d+)$/.exec(path) ?? []
    if (track) return createReadStream(fileOf(track, Number(number))).pipe(response.writeHead(200, isolated))
    if (path.endsWith('.js')) return script(response, join(outDir, path.slice('/soak/'.length)))
    const page = '<!doctype html><title>Soak</title><script type="module" src="/soak/script.js"></script>'
    return response.writeHead(200, { ...isolated, 'content-type': 'text/html' }).end(page)
  })
}

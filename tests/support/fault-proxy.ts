import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { Socket } from 'node:net'

/**
 * How requests go wrong. `errors`: answered with 500. `hangs`: never answered. `resets`: the connection is reset in the middle of the request.
 * `cuts-request` and `cuts-answer`: half of it passes. `loses-answer`: the server has done what was asked, and nobody hears of it.
 */
export type Fault = 'errors' | 'hangs' | 'resets' | 'cuts-request' | 'cuts-answer' | 'loses-answer'
type Passing = { method: string; path: string }
type Matches = (request: Passing) => boolean

const toApi: Matches = ({ path }) => path.startsWith('/api/')

/** Stands in front of the server as the network between does, and does harm when it is told to. */
export async function startFaultProxy({ port, target }: { port: number; target: number }) {
  let broken: { fault: Fault; matches: Matches; left: number } | null = null
  let struck = 0
  const passed: string[] = []
  let watch: (request: Passing) => unknown = () => {}
  const sockets = new Set<Socket>()
  let beside: { prefix: string; answer: (path: string, response: ServerResponse) => unknown } | null = null

  function faultFor(request: Passing): Fault | null {
    if (!broken || broken.left <= 0 || !broken.matches(request)) return null
    broken.left--
    struck++
    return broken.fault
  }

  const server = createServer((request, response) => {
    if (beside && request.url?.startsWith(beside.prefix)) return void beside.answer(request.url, response)
    const seen = { method: request.method ?? '', path: request.url ?? '' }
    const fault = faultFor(seen)
    if (fault === 'hangs') return
    if (fault === 'resets')
      return void request.once('data', () => request.socket.resetAndDestroy()).once('end', () => request.socket.resetAndDestroy())
    if (fault === 'errors')
      return void request.resume().once('end', () => response.writeHead(500, { 'content-type': 'text/plain' }).end('broken'))
    passed.push(`${seen.method} ${seen.path}`)
    watch(seen)
    pass(request, response, target, fault)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  server.requestTimeout = 0
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    /** From now on requests go wrong: all to the API, or those that match; the first `times` of them. */
    break(fault: Fault, { matches = toApi, times = Number.POSITIVE_INFINITY }: { matches?: Matches; times?: number } = {}) {
      struck = 0
      broken = { fault, matches, left: times }
    },
    /** What comes from now on passes; what hangs goes on hanging. */
    mend() {
      broken = null
    },
    /** How many requests went wrong since `break`. */
    get struck() {
      return struck
    },
    /** What has reached the server so far, as `PUT /api/…`. */
    passed: passed as readonly string[],
    /** Calls the listener with each request that is about to reach the server. */
    watch(listener: typeof watch) {
      watch = listener
    },
    /** Answers all paths that begin with a prefix itself. */
    serve(prefix: string, answer: (path: string, response: ServerResponse) => unknown) {
      beside = { prefix, answer }
    },
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>

function pass(request: IncomingMessage, response: ServerResponse, target: number, fault: Fault | null) {
  const { method, url, headers } = request
  const onward = send({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
    if (fault === 'loses-answer') return void answer.resume().once('end', () => request.socket.resetAndDestroy())
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    if (fault === 'cuts-answer') return void answer.once('data', (bytes: Buffer) => cut(response, bytes))
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  onward.on('error', () => {
    // As a reverse proxy says it when what is behind it is away.
    if (response.headersSent) response.destroy()
    else if (!response.destroyed) response.writeHead(502, { 'content-type': 'text/plain' }).end('away')
  })
  response.on('close', () => onward.destroy())
  if (fault === 'cuts-request') {
    request.once('data', (bytes: Buffer) => onward.write(bytes.subarray(0, bytes.length / 2), () => breakOff()))
    request.once('end', breakOff)
  } else request.pipe(onward)

  function breakOff() {
    onward.destroy()
    request.socket.resetAndDestroy()
  }
}

const cut = (response: ServerResponse, bytes: Buffer) =>
  response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy())

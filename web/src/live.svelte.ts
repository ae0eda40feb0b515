import type { LiveEvent, StreamStart } from '@meanwhile/shared/contract/events'
import { apiHeaders } from './api.ts'
import { takeBrought } from './brought.ts'

/** `reconnected`: the stream was interrupted, or began late, so anything may have changed. */
export type LiveMessage = LiveEvent | { type: 'reconnected' }
type Listener = (message: LiveMessage) => void

const hiddenMs = 30_000
const longestWaitMs = 30_000

const listeners = new Set<Listener>()
let source: EventSource | null = null
/** Since the listeners have been there something may have happened that the next stream does not tell. */
let late = false
let waitMs = 1_000
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Calls the listener with every change on the server that this person may see, until the returned function is called.
 * All listeners of the tab share one connection. A tab that is hidden gives it back after half a minute, because a
 * browser allows six of them per site, and hears `reconnected` when it is seen again.
 */
export function onLive(listener: Listener): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', followVisibility)
    globalThis.addEventListener?.('online', connectAnew)
    late = document.visibilityState === 'hidden'
    followVisibility()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', followVisibility)
    globalThis.removeEventListener?.('online', connectAnew)
    disconnect()
  }
}

const tell = (message: LiveMessage) => {
  for (const listener of [...listeners]) listener(message)
}

function connect() {
  clearTimeout(timer)
  if (source) return
  const after = takeBrought('/api/events')
  // Without a position it begins when the server has it, and what was read before that may have changed meanwhile.
  late ||= !after
  const share = apiHeaders['meanwhile-share']
  const query = (after ? `&after=${after}` : '') + (share ? `&share=${share}` : '')
  source = new EventSource(`/api/events${query.replace('&', '?')}`)
  source.addEventListener('start', ({ data }) => {
    waitMs = 1_000
    if (late || (JSON.parse(data) as StreamStart).missed) tell({ type: 'reconnected' })
    late = true
  })
  for (const type of ['update', 'video', 'comment', 'reaction', 'channel', 'notification', 'viewer'] as const) {
    source.addEventListener(type, ({ data }) => tell(JSON.parse(data) as LiveEvent))
  }
  source.addEventListener('error', () => {
    late = true
    if (source?.readyState !== EventSource.CLOSED) return
    // It was refused: perhaps to somebody who is not here any more.
    tell({ type: 'viewer' })
    retryLater()
  })
}

/** The browser tries again by itself after a lost connection, but not after an answer such as 503. */
function retryLater() {
  disconnect()
  timer = setTimeout(connect, waitMs)
  waitMs = Math.min(waitMs * 2, longestWaitMs)
}

function disconnect() {
  late = true
  clearTimeout(timer)
  source?.close()
  source = null
}

/** After the network was away, or the tab's guest came, a connection may look open and be dead, and what was heard could not be asked about. */
export function connectAnew() {
  if (!source && document.visibilityState === 'hidden') return
  disconnect()
  connect()
}

function followVisibility() {
  clearTimeout(timer)
  if (document.visibilityState === 'visible') connect()
  else timer = setTimeout(disconnect, hiddenMs)
}

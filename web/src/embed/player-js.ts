import type { Playback } from '../player/playback.ts'

/** A conversation with the page around this one. `fail`: says that it cannot be played; `stop` ends it. */
export type Talk = { fail: () => void; stop: () => void }

/**
 * Lets the page around this one steer playback and follow it, in the words of Player.js 0.0.11
 * (https://github.com/embedly/player.js/blob/master/SPEC.rst). Times are seconds, volumes 0 to 100. It is ready when the
 * length is known, or the browser loads no more of it before it plays. What is not one of its messages is passed over in
 * silence, as other scripts of that page talk here too.
 * @param lengthMs what is known of the length before the element knows it, in ms of watching; 0 where nothing is
 */
export function speakPlayerJs(playback: Playback, lengthMs: () => number): Talk {
  const { media } = playback
  const around = window.parent
  const stop = new AbortController()
  const { signal } = stop
  const listeners: { event: PlayerEvent; listener: unknown; origin: string }[] = []
  let isReady = false

  const post = (message: object, origin: string) => around.postMessage(JSON.stringify({ ...frame, ...message }), origin)
  const durationMs = () => playback.durationMs || lengthMs()
  const time = () => ({ seconds: playback.ms / 1000, duration: durationMs() / 1000 })

  const methods: Record<string, (value: unknown) => unknown> = {
    play: () => void playback.play(),
    pause: () => playback.pause(),
    getPaused: () => media.paused,
    mute: () => playback.setMuted(true),
    unmute: () => playback.setMuted(false),
    getMuted: () => playback.muted,
    setVolume: (value) => isNumber(value) && playback.setVolume(value / 100),
    getVolume: () => Math.round(playback.volume * 100),
    getDuration: () => time().duration,
    setCurrentTime: (value) => isNumber(value) && playback.seek(value * 1000),
    getCurrentTime: () => time().seconds,
    setLoop: (value) => {
      media.loop = value === true
    },
    getLoop: () => media.loop,
  }
  const introduction = {
    src: location.href,
    events,
    methods: [...Object.keys(methods), 'addEventListener', 'removeEventListener'],
  }

  function hear({ data, source, origin }: MessageEvent) {
    const message = source === around ? messageIn(data) : null
    if (!message) return
    const { method, value, listener } = message
    if (method === 'addEventListener' && isEvent(value)) {
      listeners.push({ event: value, listener, origin })
      if (value === 'ready' && isReady) post({ event: 'ready', listener, value: introduction }, origin)
    } else if (method === 'removeEventListener') {
      const kept = listeners.filter((each) => each.event !== value || (listener !== undefined && each.listener !== listener))
      listeners.splice(0, listeners.length, ...kept)
    } else if (Object.hasOwn(methods, method)) {
      const answer = methods[method]?.(value)
      if (method.startsWith('get')) post({ event: method, listener, value: answer }, origin)
    }
  }
  function tell(event: PlayerEvent, value?: object) {
    for (const each of listeners) if (each.event === event) post({ event, listener: each.listener, value }, each.origin)
  }
  /** Told once: to those who asked for it, else to whoever is there. */
  function begin() {
    if (isReady) return
    isReady = true
    if (listeners.some(({ event }) => event === 'ready')) tell('ready', introduction)
    else post({ event: 'ready', value: introduction }, '*')
  }

  addEventListener('message', hear, { signal })
  for (const event of ['play', 'pause', 'ended', 'seeked'] as const) media.addEventListener(event, () => tell(event), { signal })
  media.addEventListener('timeupdate', () => tell('timeupdate', time()), { signal })
  media.addEventListener('progress', () => tell('progress', { percent: playback.bufferedMs / (durationMs() || 1) }), { signal })
  for (const event of ['loadedmetadata', 'suspend']) media.addEventListener(event, begin, { signal })
  if (media.readyState >= HTMLMediaElement.HAVE_METADATA) begin()
  const fail = () => {
    begin()
    tell('error')
  }
  return { fail, stop: () => stop.abort() }
}

const frame = { context: 'player.js', version: '0.0.11' }
const events = ['ready', 'play', 'pause', 'ended', 'timeupdate', 'progress', 'seeked', 'error'] as const
type PlayerEvent = (typeof events)[number]

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isEvent = (value: unknown): value is PlayerEvent => events.some((event) => event === value)

function messageIn(data: unknown): { method: string; value?: unknown; listener?: unknown } | null {
  try {
    const message = typeof data === 'string' ? JSON.parse(data) : data
    return message?.context === 'player.js' && typeof message.method === 'string' ? message : null
  } catch {
    return null
  }
}

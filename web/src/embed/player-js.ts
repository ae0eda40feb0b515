import type { Playback } from '../player/playback.ts'

/**
 * Lets the page around this one steer playback and follow it, in the words of Player.js 0.0.11
 * (https://github.com/embedly/player.js/blob/master/SPEC.rst). Times are seconds, volumes 0 to 100. What is not one of
 * its messages is passed over in silence, as other scripts of that page talk here too.
 */
export function speakPlayerJs(playback: Playback): () => void {
  const { media } = playback
  const around = window.parent
  const stop = new AbortController()
  const { signal } = stop
  const listeners: { event: PlayerEvent; listener: unknown; origin: string }[] = []

  const post = (message: object, origin: string) => around.postMessage(JSON.stringify({ ...frame, ...message }), origin)
  const time = () => ({ seconds: playback.ms / 1000, duration: playback.durationMs / 1000 })

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

  function hear({ data, source, origin }: MessageEvent) {
    const message = source === around ? messageIn(data) : null
    if (!message) return
    const { method, value, listener } = message
    if (method === 'addEventListener' && isEvent(value)) {
      listeners.push({ event: value, listener, origin })
      if (value === 'ready') post({ event: 'ready', listener, value: introduction }, origin)
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

  const introduction = {
    src: location.href,
    events,
    methods: [...Object.keys(methods), 'addEventListener', 'removeEventListener'],
  }
  addEventListener('message', hear, { signal })
  for (const event of ['play', 'pause', 'ended', 'seeked', 'error'] as const)
    media.addEventListener(event, () => tell(event), { signal })
  media.addEventListener('timeupdate', () => tell('timeupdate', time()), { signal })
  media.addEventListener('progress', () => tell('progress', { percent: playback.bufferedMs / (playback.durationMs || 1) }), {
    signal,
  })
  post({ event: 'ready', value: introduction }, '*')
  return () => stop.abort()
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

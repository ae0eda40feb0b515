import { meter } from './meter.ts'

/** One sound made of several. */
export type Mix = {
  /** Stays the same whatever is connected. */
  track: MediaStreamTrack
  /** How loud it is now, 0 to 1. */
  level(): number
  /** How loud the voice alone is, also while it is muted. */
  voiceLevel(): number
  /** Silences the voice and nothing else. */
  setMuted(muted: boolean): void
  /** Connects another microphone in place of the one before, without a gap; null for none. */
  setVoice(voice: MediaStreamTrack | null): void
  /** Connects the sound of another screen, window or tab in place of the one before. */
  setSystem(tracks: MediaStreamTrack[]): void
  close(): void
}

/** Long enough not to click, too short to be noticed. */
const fadeSeconds = 0.01

/**
 * Microphone and system sound to one track. A limiter keeps their sum from clipping; a track that ends falls silent while
 * the others go on.
 */
export function mix(voice: MediaStreamTrack | null, system: MediaStreamTrack[] = []): Mix {
  const context = openContext()
  const destination = context.createMediaStreamDestination()
  const limiter = new DynamicsCompressorNode(context, { threshold: -3, knee: 0, ratio: 20, attack: 0.003, release: 0.25 })
  limiter.connect(destination)
  const spoken = new GainNode(context)
  spoken.connect(limiter)
  const voices = new GainNode(context)
  voices.connect(spoken)
  const setVoice = plug(context, voices)
  const setSystem = plug(context, limiter)
  setVoice(voice ? [voice] : [])
  setSystem(system)

  // A suspended context delivers no sound at all, and with it no segments.
  const wake = () => {
    if (context.state !== 'running' && context.state !== 'closed') void context.resume().catch(() => undefined)
  }
  context.addEventListener('statechange', wake)
  wake()
  return {
    track: destination.stream.getAudioTracks()[0]!,
    level: meter(context, limiter),
    voiceLevel: meter(context, voices),
    setMuted(muted) {
      spoken.gain.setTargetAtTime(muted ? 0 : 1, context.currentTime, fadeSeconds)
    },
    setVoice: (next) => setVoice(next ? [next] : []),
    setSystem,
    close() {
      context.removeEventListener('statechange', wake)
      if (context.state !== 'closed') void context.close().catch(() => undefined)
    },
  }
}

/** A place where tracks are connected; the ones before are disconnected after the new ones are there. */
function plug(context: AudioContext, into: AudioNode) {
  let connected: AudioNode[] = []
  return (tracks: MediaStreamTrack[]) => {
    const before = connected
    connected = tracks.map((track) => context.createMediaStreamSource(new MediaStream([track])))
    for (const node of connected) node.connect(into)
    for (const node of before) node.disconnect()
  }
}

/** 48 kHz is what the encoder wants; a browser that cannot mix a microphone of another rate gets its own. */
function openContext(): AudioContext {
  const mixesRates = !navigator.userAgent.includes('Firefox/')
  return new AudioContext({ latencyHint: 'interactive', ...(mixesRates ? { sampleRate: 48_000 } : {}) })
}

import { meter } from './meter.ts'

/** One sound made of several. */
export type Mix = { track: MediaStreamTrack; level(): number; close(): void }

/**
 * Microphone and system sound to one track. A limiter keeps their sum from clipping; a track that ends falls silent while
 * the others go on.
 */
export async function mix(tracks: MediaStreamTrack[]): Promise<Mix> {
  const context = openContext()
  const destination = context.createMediaStreamDestination()
  const limiter = new DynamicsCompressorNode(context, { threshold: -3, knee: 0, ratio: 20, attack: 0.003, release: 0.25 })
  limiter.connect(destination)
  for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(limiter)

  // A suspended context delivers no sound at all, and with it no segments.
  const wake = () => {
    if (context.state !== 'running' && context.state !== 'closed') void context.resume()
  }
  context.addEventListener('statechange', wake)
  wake()
  return {
    track: destination.stream.getAudioTracks()[0]!,
    level: meter(context, limiter),
    close() {
      context.removeEventListener('statechange', wake)
      if (context.state !== 'closed') void context.close()
    },
  }
}

/** 48 kHz is what the encoder wants; a browser that cannot mix a microphone of another rate gets its own. */
function openContext(): AudioContext {
  const mixesRates = !navigator.userAgent.includes('Firefox/')
  return new AudioContext({ latencyHint: 'interactive', ...(mixesRates ? { sampleRate: 48_000 } : {}) })
}

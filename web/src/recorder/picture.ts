type Frame<F> = { clone(): F; close(): void }
type Options<F> = {
  framesPerSecond: number
  /** A picture that does not change is repeated after this long, so that segments keep coming. */
  repeatAfterMs: number
  /** A frame begins exactly at each multiple of this, so that key frames can be there. */
  segmentMs: number
  /** Takes over the frame, and must close it. Frames come without gaps: each lasts until the next one begins. */
  emit(frame: F, atMs: number, durationMs: number): void
  /** True while the encoder has enough to do; frames are dropped then, never queued. */
  isBusy(): boolean
}

const ticksPerSecond = 60
const nearMs = 25
/** Frames begin on a grid of 1/60 s, as screens show them: then no rounding adds up, whatever timescale a player uses. */
export const onGrid = (ms: number): number => (Math.round((ms / 1000) * ticksPerSecond) / ticksPerSecond) * 1000

/**
 * Turns frames that come when they like into a picture without holes on the media clock. One frame is held back until
 * the next begins, so that every duration is exact.
 */
export function picture<F extends Frame<F>>({ framesPerSecond, repeatAfterMs, segmentMs, emit, isBusy }: Options<F>) {
  const closestMs = (1000 / framesPerSecond) * 0.6
  let latest: F | null = null
  let held: { frame: F; atMs: number; cameAtMs: number } | null = null
  let endsAtMs = 0

  function hold(atMs: number) {
    if (latest) held = { frame: latest.clone(), atMs: Math.max(endsAtMs, onGrid(atMs)), cameAtMs: atMs }
  }
  /** A frame that comes about where a segment begins begins there, so that no other need be cut in two. */
  function settled(atMs: number) {
    const cut = Math.round(atMs / segmentMs) * segmentMs
    return Math.abs(atMs - cut) <= nearMs ? cut : atMs
  }
  /** Emits the held frame until a moment, in two pieces when a segment begins in between. */
  function release(untilMs: number) {
    if (!held) return
    const { frame } = held
    let fromMs = held.atMs
    held = null
    for (let cut = nextCut(fromMs); cut < untilMs; cut = nextCut(fromMs)) {
      emit(frame.clone(), fromMs, cut - fromMs)
      fromMs = cut
    }
    endsAtMs = Math.max(fromMs, untilMs)
    if (untilMs > fromMs) emit(frame, fromMs, untilMs - fromMs)
    else frame.close()
  }
  const nextCut = (fromMs: number) => (Math.floor(fromMs / segmentMs) + 1) * segmentMs

  function advance(atMs: number) {
    const beginMs = settled(atMs)
    if (!held || onGrid(beginMs) <= held.atMs) return
    release(onGrid(beginMs))
    hold(beginMs)
  }
  const due = (atMs: number, afterMs: number) => held !== null && atMs - held.cameAtMs >= afterMs && !isBusy()

  return {
    /** A frame that arrived, and the media time at which it was captured. Takes over the frame. */
    show(frame: F, atMs: number) {
      latest?.close()
      latest = frame
      if (due(atMs, closestMs)) advance(atMs)
    },
    /** Starts the picture at a moment, with the last frame that arrived. */
    begin(atMs: number) {
      if (!held) hold(atMs)
    },
    /** To be called often: repeats the last frame when nothing new came. */
    tick(nowMs: number) {
      if (due(nowMs, repeatAfterMs)) advance(nowMs)
    },
    /** Repeats the last frame whatever else is going on. */
    force(nowMs: number) {
      advance(nowMs)
    },
    /** Ends the picture at a moment, for a pause or for good. */
    end(atMs: number) {
      release(onGrid(atMs))
    },
    close() {
      held?.frame.close()
      latest?.close()
      held = latest = null
    },
  }
}

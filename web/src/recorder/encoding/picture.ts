type Frame<F> = { clone(): F; close(): void }
type Options<F, L> = {
  framesPerSecond: number
  /** A picture that does not change is repeated after this long, so that segments keep coming. */
  repeatAfterMs: number
  /** A frame begins exactly at each multiple of this, so that key frames can be there. */
  segmentMs: number
  /** What is done to the picture now; another object whenever that has changed. */
  look(): L
  /** Takes over the frame, and must close it. Frames come without gaps: each lasts until the next one begins. */
  emit(frame: F, atMs: number, durationMs: number, look: L): void
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
export function picture<F extends Frame<F>, L>(options: Options<F, L>) {
  const { framesPerSecond, repeatAfterMs, segmentMs, look, emit, isBusy } = options
  const frameMs = 1000 / framesPerSecond
  const closestMs = frameMs * 0.6
  let latest: F | null = null
  /** When the latest frame came, while it is neither held nor shown. */
  let waitsSinceMs: number | null = null
  let held: { frame: F; atMs: number; cameAtMs: number; look: L } | null = null
  let endsAtMs = 0

  function hold(atMs: number) {
    waitsSinceMs = null
    if (latest) held = { frame: latest.clone(), atMs: Math.max(endsAtMs, onGrid(atMs)), cameAtMs: atMs, look: look() }
  }
  /** A frame that comes about where a segment begins begins there, so that no other need be cut in two. */
  function settled(atMs: number) {
    const cut = Math.round(atMs / segmentMs) * segmentMs
    return Math.abs(atMs - cut) <= nearMs ? cut : atMs
  }
  /** Emits a frame for a time, in pieces when a segment begins in between. Takes over the frame. */
  function show(frame: F, beginMs: number, untilMs: number, shown: L) {
    let fromMs = beginMs
    for (let cut = nextCut(fromMs); cut < untilMs; cut = nextCut(fromMs)) {
      emit(frame.clone(), fromMs, cut - fromMs, shown)
      fromMs = cut
    }
    endsAtMs = Math.max(fromMs, untilMs)
    if (untilMs > fromMs) emit(frame, fromMs, untilMs - fromMs, shown)
    else frame.close()
  }
  const nextCut = (fromMs: number) => (Math.floor(fromMs / segmentMs) + 1) * segmentMs

  function release(untilMs: number) {
    if (!held) return
    const { frame, atMs, look: shown } = held
    held = null
    show(frame, atMs, untilMs, shown)
  }
  /** False where that would not be later than what is held. */
  function advance(atMs: number): boolean {
    const beginMs = settled(atMs)
    if (!held || onGrid(beginMs) <= held.atMs) return false
    release(onGrid(beginMs))
    hold(beginMs)
    return true
  }
  const due = (atMs: number, afterMs: number) =>
    held !== null && !isBusy() && (atMs - held.cameAtMs >= afterMs || held.look !== look())
  /** Shows a frame that no other has followed, from when it came or as soon after the one before as may be. */
  function catchUp(nowMs: number): boolean {
    if (!held || waitsSinceMs === null || nowMs - waitsSinceMs < frameMs || !due(nowMs, closestMs)) return false
    return advance(Math.max(waitsSinceMs, held.cameAtMs + closestMs))
  }

  return {
    /** A frame that arrived, and the media time at which it was captured. Takes over the frame. */
    show(frame: F, atMs: number) {
      if (waitsSinceMs !== null && due(waitsSinceMs, closestMs)) advance(waitsSinceMs)
      latest?.close()
      latest = frame
      waitsSinceMs = atMs
      if (due(atMs, closestMs)) advance(atMs)
    },
    /** Starts the picture at a moment, with the last frame that arrived. */
    begin(atMs: number) {
      if (!held) hold(atMs)
    },
    /**
     * To be called often: repeats the last frame when nothing new came, at once when it has another look, and gives one that there was no room
     * for its own moment.
     */
    tick(nowMs: number) {
      if (held && held.look !== look() && onGrid(nowMs) <= held.atMs) held.look = look()
      else if (!catchUp(nowMs) && due(nowMs, repeatAfterMs)) advance(nowMs)
    },
    /** Repeats the last frame whatever else is going on. */
    force(nowMs: number) {
      advance(nowMs)
    },
    /** Gives again what was given since `fromMs` and did not get through: one frame stands for all of them. */
    redo(fromMs: number) {
      const beginMs = onGrid(fromMs)
      if (held) held.atMs = Math.min(held.atMs, beginMs)
      else if (latest && beginMs < endsAtMs) show(latest.clone(), beginMs, endsAtMs, look())
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

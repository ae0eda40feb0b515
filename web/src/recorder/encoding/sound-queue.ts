/** A piece of sound that was not encoded yet. */
type Piece = { duration: number; close(): void }
type Options<P> = {
  /** Resolves when the encoder takes more. */
  encode(piece: P): Promise<unknown>
  /** Called once; the queue takes nothing in afterwards. */
  onError(error: unknown): void
}

/** What comes while this much waits is left out, so that memory stays flat: about 12 MB. */
const mostWaitingSeconds = 30
/** An encoder that has taken nothing for so long has hung; until then it may only be short of time. */
const hungMs = 30_000

/** Pieces of sound one after the other to an encoder that may get no time for a while: it catches up later. */
export function soundQueue<P extends Piece>({ encode, onError }: Options<P>) {
  let waitingSeconds = 0
  let waiting = 0
  let movedAt = 0
  let over = false
  let last: Promise<unknown> = Promise.resolve()

  function fail(error: unknown) {
    if (over) return
    over = true
    onError(error)
  }
  async function pass(piece: P) {
    try {
      if (!over) await encode(piece)
    } catch (error) {
      fail(error)
    }
    waiting--
    waitingSeconds -= piece.duration
    movedAt = performance.now()
    piece.close()
  }

  return {
    fail,
    /** Takes over the piece. */
    add(piece: P) {
      if (waiting === 0) movedAt = performance.now()
      else if (performance.now() - movedAt > hungMs) fail(new Error('the encoder of the sound hangs'))
      if (over || waitingSeconds > mostWaitingSeconds) return piece.close()
      waiting++
      waitingSeconds += piece.duration
      last = last.then(() => pass(piece))
    },
    /** Resolves when everything that waits has been taken. */
    emptied: () => last,
    close() {
      over = true
    },
  }
}

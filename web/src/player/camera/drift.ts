/** What brings the camera back to the main picture: another speed for a while, or a jump (in ms of media). */
export type Correction = { do: 'run'; rate: number } | { do: 'seek'; ms: number }

/** Nobody sees less than this. */
const fineMs = 15
/** More than this is too far to be made up by speed. */
const farMs = 350
const settleMs = 500
const mostNudge = 0.3

/**
 * How the camera, at `cameraMs`, follows the main picture at `mainMs` that plays at `rate`: a small drift is made up
 * within about half a second by its speed, a large one by a jump. A jump lands `jumpMs` ahead, as long as the last one took.
 */
export function correctionOf(now: { mainMs: number; cameraMs: number; rate: number; jumpMs: number }): Correction {
  const behindMs = now.mainMs - now.cameraMs
  if (Math.abs(behindMs) > farMs * Math.max(1, now.rate)) return { do: 'seek', ms: now.mainMs + now.jumpMs * now.rate }
  if (Math.abs(behindMs) <= fineMs) return { do: 'run', rate: now.rate }
  const nudge = Math.max(-mostNudge, Math.min(mostNudge, behindMs / settleMs / Math.max(1, now.rate)))
  return { do: 'run', rate: Math.max(0.1, now.rate * (1 + nudge)) }
}

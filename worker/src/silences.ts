import type { Range } from '@meanwhile/shared/media/cuts'
import type { Levels } from './levels.ts'

/** What stays of a silence around what is said: breath before it, and the end of its last sound. */
const beforeSpeechMs = 200
const afterSpeechMs = 250
/** Shorter pauses belong to what is said. */
const shortestMs = 500
/** A click of a mouse or a key is shorter than any word, and stands alone. */
const clickMs = 80
const aloneMs = 200

/** Below that nobody is heard in a recording, whatever is done to it. */
const inaudibleDb = -65
/** A room is not quieter; what is, was made silent. */
const quietestRoomDb = -72
/** Speech stands out of the noise around it by more than that. */
const leastDistanceDb = 10
/** Where between noise and speech the border lies. */
const borderShare = 0.35

/** The `share`-th of values in their order, 0 the least. */
function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(sorted.length * share)))] ?? 0
}

/**
 * The level below which nobody speaks: between the noise of the room and the loudest second. Both are measured, so that quiet speech is
 * speech and a loud fan is not. Null where they cannot be told apart.
 */
export function borderDb({ windowMs, db }: Levels): number | null {
  const sorted = db.toSorted()
  const loudest = Math.min(1_000 / windowMs, db.length * 0.1)
  const speech = quantile(sorted, 1 - loudest / db.length)
  const noise = Math.max(quietestRoomDb, quantile(sorted, 0.1))
  if (speech < inaudibleDb || speech - noise < leastDistanceDb) return null
  return noise + (speech - noise) * borderShare
}

/** Runs of windows that are quiet or not, in ms. */
type Run = { isQuiet: boolean; fromMs: number; toMs: number }

function runsOf({ windowMs, db }: Levels, border: number): Run[] {
  const runs: Run[] = []
  for (const [window, level] of db.entries()) {
    const isQuiet = level < border
    const last = runs.at(-1)
    if (last?.isQuiet === isQuiet) last.toMs += windowMs
    else runs.push({ isQuiet, fromMs: window * windowMs, toMs: (window + 1) * windowMs })
  }
  return runs
}

const lengthOf = (run: Run | undefined) => (run ? run.toMs - run.fromMs : 0)

/** Quiet runs, those that only a click divides put together. */
function quietRuns(runs: Run[]): Run[] {
  const quiet: Run[] = []
  let click: Run | undefined
  for (const [index, run] of runs.entries()) {
    if (!run.isQuiet) {
      const isAlone = lengthOf(runs[index - 1]) >= aloneMs && lengthOf(runs[index + 1]) >= aloneMs
      click = isAlone && lengthOf(run) <= clickMs ? run : undefined
      continue
    }
    const last = quiet.at(-1)
    if (click && last) last.toMs = run.toMs
    else quiet.push({ ...run })
  }
  return quiet
}

/**
 * The ranges of a recording in which nobody speaks, never within a word: something of each pause stays on both sides. Where nothing is
 * heard at all, or everything is equally loud, there are none.
 * @param durationMs of the recording
 */
export function silencesIn(levels: Levels, durationMs: number): Range[] {
  const border = borderDb(levels)
  if (border === null) return []
  return quietRuns(runsOf(levels, border))
    .map(
      ({ fromMs, toMs }): Range => [
        fromMs === 0 ? 0 : fromMs + afterSpeechMs,
        toMs >= durationMs ? durationMs : toMs - beforeSpeechMs,
      ],
    )
    .filter(([fromMs, toMs]) => toMs - fromMs >= shortestMs)
}

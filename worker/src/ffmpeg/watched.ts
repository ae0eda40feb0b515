import type { Range } from '@meanwhile/shared/media/cuts'
import { seconds } from './command.ts'

/** A range of recorded time that is watched. `standingMs` is when the frame that is seen at its beginning came: then or before. */
export type Kept = { fromMs: number; toMs: number; standingMs: number }

/** Where the camera lies on the picture, in its pixels, and what is left of its corners. */
export type Bubble = { shape: 'round' | 'rounded'; x: number; y: number; side: number }

/** What a recording is when it is watched: its size, what is left out of it, and the camera in it. */
export type Watched = {
  width: number
  height: number
  cuts: readonly Range[]
  kept: readonly Kept[]
  bubble: Bubble | null
  soundStartMs: number
}

/** Frames that follow within 11 ms are left out: at most 90 a second, never a constant rate (RELIABILITY §0.4). */
const notTooMany = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.011)'`

// Half a millisecond is less than the distance of two frames and more than what counting in seconds may be off.
const since = (ms: number) => `gte(t,${seconds(ms - 0.5)})`
const until = (ms: number) => `lt(t,${seconds(ms - 0.5)})`

/** Leaves out what is cut. The frame that stands where a range begins is kept: nothing else may come for a while. */
const withoutCuts = ({ kept, cuts }: Watched) =>
  cuts.length === 0 ? [] : [`select='${kept.map(({ standingMs, toMs }) => `${since(standingMs)}*${until(toMs)}`).join('+')}'`]

/** Recorded time becomes watched time: all of a cut is one moment. */
const onWatchClock = ({ cuts }: Watched) =>
  cuts.length === 0
    ? []
    : [`setpts='(T${cuts.map(([from, to]) => `-min(max(T-${seconds(from)},0),${seconds(to - from)})`).join('')})/TB'`]

/** The share of a rounded bubble's side that its corners take. */
const cornerShare = 0.18

/** White inside, black outside, with an edge of a pixel between. */
function maskOf({ shape, side }: Bubble) {
  const radius = shape === 'round' ? side / 2 : side * cornerShare
  const [middle, straight] = [(side - 1) / 2, side / 2 - radius]
  const beyond = (axis: string) => `max(abs(${axis}-${middle})-${straight},0)`
  const distance = `hypot(${beyond('X')},${beyond('Y')})`
  return `color=c=black:s=${side}x${side}:r=1:d=1,format=gray,geq=lum='255*clip(${radius + 0.5}-${distance},0,1)'[mask]`
}

/**
 * The camera over the picture. An `overlay` makes a frame whenever one comes below: both lie on a ground that has one whenever a frame
 * of either comes, so that a face moves on a screen that stands still. Before the camera's first frame and behind its last there is none.
 */
function withBubble(watched: Watched, bubble: Bubble) {
  const { width, height } = watched
  const dot = 'crop=2:2:0:0,format=yuv420p'
  return [
    '[0:v:0]settb=AVTB,split=2[clock][picture]',
    '[1:v:0]settb=AVTB,split=2[clock1][face]',
    `[clock]${dot}[dot]`,
    `[clock1]${dot},setsar=1[dot1]`,
    `[dot][dot1]interleave,${[...withoutCuts(watched), notTooMany].join(',')},scale=${width}:${height}:flags=neighbor[ground]`,
    `[face]crop='min(iw,ih)':'min(iw,ih)',scale=${bubble.side}:${bubble.side}:flags=bicubic,setsar=1,format=yuv420p[square]`,
    maskOf(bubble),
    '[square][mask]alphamerge[bubble]',
    '[ground][picture]overlay=0:0:format=yuv420[below]',
    [`[below][bubble]overlay=${bubble.x}:${bubble.y}:eof_action=pass:format=yuv420`, ...onWatchClock(watched)].join(','),
  ].join(';')
}

/** A filter that makes the picture as it is watched of input 0, and the camera of input 1: its last chain is open, for `,` or a label. */
export const watchedPicture = (watched: Watched): string =>
  watched.bubble
    ? withBubble(watched, watched.bubble)
    : ['[0:v:0]settb=AVTB', ...withoutCuts(watched), notTooMany, ...onWatchClock(watched)].join(',')

/** Sound whose gaps are silence. */
export const withoutGaps = 'aresample=async=1:min_hard_comp=0.02'

/**
 * Sound on the recorded clock: its gaps are silence, and so is what is before it. That comes bit by bit: a filter that fills a gap makes
 * all of it at once.
 */
export const onRecordedClock = (soundStartMs: number): string =>
  soundStartMs > 0 ? `${withoutGaps},asetpts=PTS-STARTPTS,adelay=delays=${soundStartMs.toFixed(3)}:all=1` : withoutGaps

/** What is heard of a recording: the ranges that are kept, and when its sound begins. */
export type Heard = { kept: readonly Kept[]; soundStartMs: number }

/** The sound of input 0 without what is cut, sample by sample; its last chain is open. */
export function watchedSound({ kept, soundStartMs }: Heard): string {
  const trim = ({ fromMs, toMs }: Kept) => `atrim=start=${seconds(fromMs)}:end=${seconds(toMs)},asetpts=PTS-STARTPTS`
  const all = `[0:a:0]${onRecordedClock(soundStartMs)}`
  if (kept.length === 1) return `${all},${kept.map(trim).join()}`
  const labels = (name: string) => kept.map((_, number) => `[${name}${number}]`)
  const [pieces, trimmed] = [labels('piece'), labels('trimmed')]
  return [
    `${all},asplit=${kept.length}${pieces.join('')}`,
    ...kept.map((each, number) => `${pieces[number]}${trim(each)}${trimmed[number]}`),
    `${trimmed.join('')}concat=n=${kept.length}:v=0:a=1`,
  ].join(';')
}

import { timeCode } from '@meanwhile/shared/media/time-code'
import { say } from '../words.ts'

/** What the words and marks of a running recording depend on. */
export type StudioState = {
  paused: boolean
  muted: boolean
  isPrivate: boolean
  elapsedMs: number
  /** Nothing is heard of a voice that is to be recorded. */
  deaf: boolean
  /** Something is wrong that the person should look at. */
  warned: boolean
}

/** The state in a word, for people who see it. */
export const stateWord = ({ paused, isPrivate }: StudioState): string =>
  say(`what.${paused ? 'paused' : isPrivate ? 'private' : 'recording'}`)

/** The state in whole sentences, for people who listen; said again whenever it changes. */
export function spokenState({ paused, muted, isPrivate }: StudioState, markers: number): string {
  return [
    say(paused ? 'said.paused' : 'said.recording'),
    isPrivate && say('said.private'),
    muted && say('said.muted'),
    markers > 0 && say('said.markers', { count: markers }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** What stands before the title of the page, so that the tab tells it from afar. */
export function titleMark(state: StudioState): string {
  const sign = state.paused ? '❚❚' : state.isPrivate ? '◼' : '●'
  return `${state.warned ? '⚠ ' : ''}${sign} ${timeCode(state.elapsedMs)} · `
}

/** How much is where; told as it is, also while the two differ, and when what is here goes with the tab (`isKept` is false). */
export const counters = (deviceMs: number, serverMs: number, isKept: boolean): string =>
  say(isKept ? 'counters.device' : 'counters.tab', { here: timeCode(deviceMs), there: timeCode(serverMs) })

import { timeCode } from '@meanwhile/shared/media/time-code'

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
export const stateWord = ({ paused, isPrivate }: StudioState): string => (paused ? 'Paused' : isPrivate ? 'Private' : 'Recording')

/** The state in whole sentences, for people who listen; said again whenever it changes. */
export function spokenState({ paused, muted, isPrivate }: StudioState, markers: number): string {
  return [
    paused ? 'Paused. Nothing is recorded until you resume.' : 'Recording.',
    isPrivate && 'Private: the picture is black and there is no sound until you end it.',
    muted && 'The microphone is muted.',
    markers > 0 && `${markers} ${markers === 1 ? 'marker' : 'markers'}.`,
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
  `${isKept ? 'on this device' : 'in this tab'} ${timeCode(deviceMs)} · safe on the server ${timeCode(serverMs)}`

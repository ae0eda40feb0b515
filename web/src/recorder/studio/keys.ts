import { focusOf } from '../../player/shortcuts.ts'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

/** Every key of the recorder, in the order of its help. `aria` is how `aria-keyshortcuts` names the key. */
export const recorderKeys = [
  { key: 'r', aria: 'R', command: 'record', what: 'Start and stop recording' },
  { key: 'p', aria: 'P', command: 'pause', what: 'Pause and resume' },
  { key: 'x', aria: 'X', command: 'mute', what: 'Mute and unmute the microphone' },
  { key: 'b', aria: 'B', command: 'private', what: 'Go private, and end it' },
  { key: 'm', aria: 'M', command: 'marker', what: 'Add a marker, which becomes a chapter' },
  { key: 'd', aria: 'D', command: 'draw', what: 'Draw on the picture; Esc ends it' },
  { key: 'c', aria: 'C', command: 'clear', what: 'Clear the drawing' },
  { key: 's', aria: 'S', command: 'share', what: 'Share something else' },
  { key: 'w', aria: 'W', command: 'window', what: 'Small window that stays on top' },
  { key: 'a', aria: 'A', command: 'again', what: 'Start again from the beginning, after asking' },
  { key: 'Delete', aria: 'Delete', command: 'discard', what: 'Discard the recording, after asking' },
  { key: '?', aria: '?', command: 'help', what: 'This list' },
] as const

export type RecorderCommand = (typeof recorderKeys)[number]['command']

/** How `aria-keyshortcuts` names the key of a command. */
export const ariaKey = (command: RecorderCommand): string => recorderKeys.find((each) => each.command === command)?.aria ?? ''

/** The command of a key; nothing while the focus is where keys are typed, or where single keys are turned off. */
export function recorderCommand(press: Press, focused: Element | null, singleKeys: boolean): RecorderCommand | undefined {
  if (!singleKeys || press.repeat || press.ctrlKey || press.metaKey || press.altKey || isTyping(focused)) return undefined
  const pressed = press.key.length === 1 ? press.key.toLowerCase() : press.key
  return recorderKeys.find(({ key }) => key === pressed)?.command
}

/** A radio button takes arrows and the space bar only. */
const isTyping = (focused: Element | null) => focusOf(focused) === 'text' && !focused?.matches('input[type="radio"]')

/** Keys that do nothing by themselves, or that move the focus, must not skip the countdown. */
const silent = new Set(['Tab', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn', 'Dead', 'Unidentified'])

export const skipsCountdown = ({ key, ctrlKey, metaKey, altKey }: Press): boolean =>
  !silent.has(key) && !ctrlKey && !metaKey && !altKey

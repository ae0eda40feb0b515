import { focusOf } from '../../player/shortcuts.ts'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>

/** Every key of the recorder, in the order of its help. `aria` is how `aria-keyshortcuts` names the key. */
export const recorderKeys = [
  { key: 'r', aria: 'R', command: 'record' },
  { key: 'p', aria: 'P', command: 'pause' },
  { key: 'x', aria: 'X', command: 'mute' },
  { key: 'b', aria: 'B', command: 'private' },
  { key: 'm', aria: 'M', command: 'marker' },
  { key: 'd', aria: 'D', command: 'draw' },
  { key: 'c', aria: 'C', command: 'clear' },
  { key: 's', aria: 'S', command: 'share' },
  { key: 'w', aria: 'W', command: 'window' },
  { key: 'a', aria: 'A', command: 'again' },
  { key: 'Delete', aria: 'Delete', command: 'discard' },
  { key: '?', aria: '?', command: 'help' },
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

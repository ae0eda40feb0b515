import { focusOf } from '../player/shortcuts.ts'

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>
export type RecorderCommand = 'record' | 'pause'
const commands: Record<string, RecorderCommand> = { r: 'record', p: 'pause' }

/** R starts and stops, P pauses and resumes; nothing while the focus is where keys are typed. */
export function recorderCommand(press: Press, focused: Element | null, singleKeys: boolean): RecorderCommand | undefined {
  if (!singleKeys || press.repeat || press.ctrlKey || press.metaKey || press.altKey || focusOf(focused) === 'text')
    return undefined
  return commands[press.key.toLowerCase()]
}

/** Keys that do nothing by themselves, or that move the focus, must not skip the countdown. */
const silent = new Set(['Tab', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn', 'Dead', 'Unidentified'])

export const skipsCountdown = ({ key, ctrlKey, metaKey, altKey }: Press): boolean =>
  !silent.has(key) && !ctrlKey && !metaKey && !altKey

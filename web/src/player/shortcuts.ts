export type Command =
  | { do: 'toggle' | 'mute' | 'full-screen' | 'picture-in-picture' | 'comment' | 'help' | 'captions' | 'theatre' }
  | { do: 'skip' | 'volume' | 'rate' | 'step'; by: number }
  | { do: 'part'; of: number }

const characters = new Map<string, Command>([
  ['k', { do: 'toggle' }],
  ['j', { do: 'skip', by: -10_000 }],
  ['l', { do: 'skip', by: 10_000 }],
  ['<', { do: 'rate', by: -1 }],
  ['>', { do: 'rate', by: 1 }],
  ['m', { do: 'mute' }],
  ['f', { do: 'full-screen' }],
  ['c', { do: 'comment' }],
  ['s', { do: 'captions' }],
  ['t', { do: 'theatre' }],
  [',', { do: 'step', by: -1 }],
  ['.', { do: 'step', by: 1 }],
  ['p', { do: 'picture-in-picture' }],
  ['?', { do: 'help' }],
  ...Array.from({ length: 10 }, (_, digit): [string, Command] => [String(digit), { do: 'part', of: digit / 10 }]),
])

const named = new Map<string, Command>([
  [' ', { do: 'toggle' }],
  ['ArrowLeft', { do: 'skip', by: -5000 }],
  ['ArrowRight', { do: 'skip', by: 5000 }],
  ['Home', { do: 'part', of: 0 }],
  ['End', { do: 'part', of: 1 }],
])

const inPlayer = new Map<string, Command>([
  ['ArrowUp', { do: 'volume', by: 0.1 }],
  ['ArrowDown', { do: 'volume', by: -0.1 }],
])

/** Where the key was pressed: what the focused element does with keys of its own. */
export type Place = {
  /** `text` takes every key, `choice` (a volume slider) the named ones, `button` the space bar. */
  focus: 'text' | 'choice' | 'button' | 'none'
  inPlayer: boolean
  /** Single-key shortcuts can be turned off (WCAG 2.1.4); space bar and arrows are none. */
  singleKeys: boolean
}

export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** The command of a key, or undefined where the key means something else. */
export function commandFor(press: Press, place: Place): Command | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || place.focus === 'text') return undefined
  const character = characters.get(press.key.toLowerCase())
  if (character) return place.singleKeys ? character : undefined
  if (place.focus === 'choice' || (place.focus === 'button' && press.key === ' ')) return undefined
  return named.get(press.key) ?? (place.inPlayer ? inPlayer.get(press.key) : undefined)
}

const texts = [
  'textarea, select, [contenteditable]:not([contenteditable="false"]), input:not([type="range"], [type="checkbox"])',
  '[role="menu"], [role="dialog"]:not(.answering), [role="alertdialog"]',
].join()
const choices = 'input, [role="radio"], [role="tab"]'
const buttons = 'button, a[href], summary, [role="button"], [role="switch"]'

/** What the element that has the focus does with keys. Menus and dialogs take them all, but for the recorder in front of a page. */
export function focusOf(element: Element | null): Place['focus'] {
  if (element?.closest(texts)) return 'text'
  if (element?.closest(choices)) return 'choice'
  return element?.closest(buttons) ? 'button' : 'none'
}

export type Toast = { id: number; text: string; tone: 'plain' | 'problem' }

const shownMs = 5_000
let nextId = 1
let shown = $state.raw<Toast[]>([])

/** The short messages on the screen, oldest first. There is one screen, so there is one list. */
export const toasts = {
  get all(): Toast[] {
    return shown
  },
}

/** Says something for five seconds, aloud too. A problem stays until it is closed. */
export function toast(text: string, tone: Toast['tone'] = 'plain'): void {
  const id = nextId++
  shown = [...shown.filter((other) => other.text !== text), { id, text, tone }]
  if (tone === 'plain') setTimeout(() => closeToast(id), shownMs)
}

export function closeToast(id: number): void {
  shown = shown.filter((other) => other.id !== id)
}

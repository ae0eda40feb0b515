import { type Component, mount, unmount } from 'svelte'

type DocumentPicture = { requestWindow(size: { width: number; height: number }): Promise<Window> }

const documentPicture = () => (globalThis as { documentPictureInPicture?: DocumentPicture }).documentPictureInPicture

/** Whether this browser has windows of a page's own that stay on top (Document Picture-in-Picture). */
export const canFloat = (): boolean => documentPicture() !== undefined

/** A small window that stays above all others and shows a component of this page. */
export class FloatingWindow {
  isOpen = $state.raw(false)
  #window: Window | null = null

  /** Needs a press, as the browser asks for one; where it refuses, nothing happens. `props` may be getters: they are followed. */
  async open<Props extends Record<string, unknown>>(
    content: Component<Props>,
    props: (window: Window) => Props,
    size = { width: 380, height: 260 },
  ): Promise<void> {
    if (this.#window) return
    const window = await documentPicture()
      ?.requestWindow(size)
      .catch(() => null)
    if (!window) return
    this.#window = window
    dress(window.document)
    const shown = mount(content, { target: window.document.body, props: props(window) })
    this.isOpen = true
    window.addEventListener('pagehide', () => {
      void unmount(shown)
      this.#window = null
      this.isOpen = false
    })
  }

  close(): void {
    this.#window?.close()
  }
}

/** The new document is empty: it looks like this one with its style sheets and language. */
function dress(target: Document) {
  target.documentElement.lang = document.documentElement.lang
  target.title = 'Recording · Meanwhile'
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style')) target.head.append(sheet.cloneNode(true))
}

import { toast } from '../ui/toast.svelte.ts'
import { copyText } from '../watch/copy-text.ts'

/**
 * Puts the link of a recording into the clipboard. A page that is not in front may not do that: then it is done when the
 * person comes back, as after the browser's own "Stop sharing".
 */
export async function handOutLink(url: string): Promise<void> {
  if (await copyText(url)) return toast('Link copied')
  if (document.hasFocus()) return toast('The browser did not allow copying the link. Use “Copy link” on this page.')
  addEventListener('focus', () => void handOutLink(url), { once: true })
}

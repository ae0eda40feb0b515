import { toast } from '../ui/toast.svelte.ts'
import { copyText } from '../watch/copy-text.ts'
import { say } from './words.ts'

/**
 * Puts the link of a recording into the clipboard. A page that is not in front may not do that: then it is done when the
 * person comes back, as after the browser's own "Stop sharing".
 */
export async function handOutLink(url: string): Promise<void> {
  if (await copyText(url)) return toast(say('linkCopied'))
  if (document.hasFocus()) return toast(say('linkNotCopied'))
  addEventListener('focus', () => void handOutLink(url), { once: true })
}

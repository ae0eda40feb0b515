import { createHash } from 'node:crypto'

/**
 * Scripts that load beside a video take the network and the processor from its first picture, so they begin once it is there, or after
 * a second: on a slow network a page that can be used comes before its picture. Where its size is known by then, the picture is on its
 * way and gets one second more. Its links are the page's chunks, the last one the app.
 */
const script = `
const media = document.querySelector('video')
const shown = new Promise((resolve) => {
  for (const event of ['loadeddata', 'error']) media.addEventListener(event, resolve)
})
const shownWithinSecond = () => Promise.race([shown, new Promise((resolve) => setTimeout(resolve, 1000))])
if (media.readyState < media.HAVE_CURRENT_DATA) await shownWithinSecond()
if (media.readyState === media.HAVE_METADATA) await shownWithinSecond()
const links = [...document.querySelectorAll('link[rel=later]')]
for (const link of links) link.rel = 'modulepreload'
import(links.at(-1).href)
`

/** What a content security policy calls it by (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
export const afterPictureHash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`

const appScript = /<script type="module" crossorigin src="([^"]+)"><\/script>/

/** A head whose scripts load after the picture of the video in its page. */
export const scriptsAfterPicture = (head: string): string =>
  head
    .replaceAll('rel="modulepreload"', 'rel="later"')
    .replace(appScript, `<link rel="later" crossorigin href="$1"><script type="module">${script}</script>`)

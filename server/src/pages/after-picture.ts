import { createHash } from 'node:crypto'

/**
 * What loads beside a video takes the network and the processor from its first picture, so it begins once that is there, or after a
 * second: on a slow network a page that can be used comes before its picture. Where its size is known by then, the picture is on its way
 * and gets one second more. Its links are the page's styles and chunks, the last one the app, which is not seen without styles.
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
const styled = links.filter(({ as }) => as === 'style').map((link) => new Promise((resolve) => {
  link.addEventListener('load', resolve)
  link.addEventListener('error', () => {
    resolve()
    // From then on the app asks again.
    setTimeout(() => link.replaceWith(link.cloneNode()), 2000)
  })
}))
for (const link of links) link.rel = link.as === 'style' ? 'stylesheet' : 'modulepreload'
await Promise.all(styled)
import(links.at(-1).href)
`

/** What a content security policy calls it by (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
export const afterPictureHash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`

const appScript = /<script type="module" crossorigin src="([^"]+)"><\/script>/

/** A head whose styles and scripts load after the picture of the video in its page. */
export const restAfterPicture = (head: string): string =>
  head
    .replaceAll('rel="stylesheet"', 'rel="later" as="style"')
    .replaceAll('rel="modulepreload"', 'rel="later"')
    .replace(appScript, `<link rel="later" crossorigin href="$1"><script type="module">${script}</script>`)

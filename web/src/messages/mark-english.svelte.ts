import type { Route } from '../pages.ts'
import { place } from '../routes.ts'

/** Of these the catalogue has the words. */
const translated: Route['page'][] = [
  'home',
  'record',
  'agreement',
  'channel',
  'checkIns',
  'decisions',
  'hours',
  'pairing',
  'settings',
  'candidate',
  'signIn',
  'link',
  'notFound',
]

const isEnglish = ({ page, params }: Route) => !translated.includes(page) || params.kind === 's/hiring'

/** Where the words of a page are English all the same it says so, to be read aloud as such (WCAG 2.2, 3.1.2). Until the page is left. */
export function markEnglish(): void {
  $effect.root(() => {
    $effect(() => {
      const isForeign = isEnglish(place.route)
      // It is drawn after this.
      requestAnimationFrame(() => {
        const main = document.getElementById('main')
        if (isForeign) main?.setAttribute('lang', 'en')
        else main?.removeAttribute('lang')
      })
    })
  })
}

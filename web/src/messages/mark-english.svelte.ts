import type { Route } from '../pages.ts'
import { place } from '../routes.ts'

/** Of these the catalogue has the words. */
const translated: Route['page'][] = ['home', 'record', 'settings', 'candidate', 'embed', 'signIn', 'link', 'notFound']

const isEnglish = ({ page }: Route) => !translated.includes(page)

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

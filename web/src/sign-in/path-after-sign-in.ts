import { routeAt } from '../pages.ts'

/** Where to go after signing in: `next` if it is a path on this site, else home. */
export function pathAfterSignIn(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/'
  const here = 'http://here.invalid'
  const url = next.startsWith('/') && URL.canParse(next, here) ? new URL(next, here) : null
  return url?.origin === here && routeAt(url.pathname).page !== 'signIn' ? url.pathname + url.search + url.hash : '/'
}

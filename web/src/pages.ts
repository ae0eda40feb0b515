import type { Component } from 'svelte'

type PageModule = { default: Component<never> }
type Page = {
  pattern: RegExp
  /** Each page is a chunk of its own. Those that links from outside lead to say it here; where the others are is a chunk, too. */
  load?: () => Promise<PageModule>
  /** Reachable without an account, and shown without the top bar. */
  open?: true
}

const pages = {
  watch: { pattern: /^\/u\/(?<updateId>[^/]+)$/, load: () => import('./watch/WatchPage.svelte') },
  share: { pattern: /^(?<frame>\/embed|)\/s\/(?<token>[^/]+)$/, load: () => import('./share/SharePage.svelte'), open: true },
  embed: { pattern: /^\/embed\/(?<updateId>[^/]+)$/, load: () => import('./embed/EmbedPage.svelte'), open: true },
  home: { pattern: /^\/$/ },
  record: { pattern: /^\/record$/ },
  updates: { pattern: /^\/updates$/ },
  channel: { pattern: /^\/c\/(?<channelId>[^/]+)$/ },
  agreement: { pattern: /^\/agreement$/ },
  checkIns: { pattern: /^\/check-ins(?<rest>\/.*|)$/ },
  reel: { pattern: /^\/reel$/ },
  decisions: { pattern: /^\/decisions$/ },
  hours: { pattern: /^\/hours$/ },
  pairing: { pattern: /^\/pairings\/(?<pairingId>[^/]+)(?<rest>\/record|)$/ },
  interviews: { pattern: /^\/interviews(?<rest>\/.*|)$/ },
  settings: { pattern: /^\/settings$/ },
  candidate: { pattern: /^\/i\/(?<token>[^/]+)(?<rest>\/.*|)$/, open: true },
  signIn: { pattern: /^\/sign-in$/, open: true },
  /** What a link with a token leads to: an invitation, a new password, a session, what candidates said. */
  link: { pattern: /^\/(?<kind>join|reset|enter|s\/hiring)\/(?<token>[^/]+)$/, open: true },
  notFound: { pattern: /^/ },
} as const satisfies Record<string, Page>

export type PageName = keyof typeof pages
export type OtherPage = Exclude<PageName, 'watch' | 'share' | 'embed'>
/** `params` become the props of the page: `/u/:updateId` gives `{ updateId }`. */
export type Route = { page: PageName; params: Record<string, string>; open: boolean }

/** Where the pages are that nobody is led to from outside, and what else nobody needs to watch, such as other languages than English. */
export const loadOthers = () => import('./other-pages.ts')

/** The component that shows a page. */
export async function loadPage(page: PageName): Promise<PageModule> {
  const { load }: Page = pages[page]
  return load ? load() : (await loadOthers()).otherPages[page as OtherPage]()
}

/** The page at a path; a slash at the end makes no difference. */
export function routeAt(pathname: string): Route {
  const path = pathname.replace(/(.)\/+$/, '$1')
  for (const [page, { pattern, ...rest }] of Object.entries<Page>(pages)) {
    const found = pattern.exec(path)
    if (found) return { page: page as PageName, params: decoded(found.groups ?? {}), open: rest.open ?? false }
  }
  return { page: 'notFound', params: {}, open: false }
}

const decoded = (groups: Record<string, string>) =>
  Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decode(text)]))

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The way to the sign-in page and back to where the person wanted to go, query included. */
export function signInPath({ pathname, search }: { pathname: string; search: string }): string {
  const wanted = pathname + search
  return wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`
}

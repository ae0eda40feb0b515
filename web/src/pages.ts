import type { Component } from 'svelte'

type Page = {
  pattern: RegExp
  /** Each page is a chunk of its own, loaded when it is first opened. */
  load: () => Promise<{ default: Component<never> }>
  /** Reachable without an account, and shown without the top bar. */
  open?: true
}

export const pages = {
  home: { pattern: /^\/$/, load: () => import('./home/HomePage.svelte') },
  record: { pattern: /^\/record$/, load: () => import('./recorder/RecordPage.svelte') },
  watch: { pattern: /^\/u\/(?<updateId>[^/]+)$/, load: () => import('./watch/WatchPage.svelte') },
  share: { pattern: /^(?<frame>\/embed|)\/s\/(?<token>[^/]+)$/, load: () => import('./share/SharePage.svelte'), open: true },
  embed: { pattern: /^\/embed\/(?<updateId>[^/]+)$/, load: () => import('./embed/EmbedPage.svelte'), open: true },
  channel: { pattern: /^\/c\/(?<channelId>[^/]+)$/, load: () => import('./channels/ChannelPage.svelte') },
  settings: { pattern: /^\/settings$/, load: () => import('./settings/SettingsPage.svelte') },
  signIn: { pattern: /^\/sign-in$/, load: () => import('./sign-in/Door.svelte'), open: true },
  /** What a link with a token leads to: an invitation, a new password, a session. */
  link: { pattern: /^\/(?<kind>join|reset|enter)\/(?<token>[^/]+)$/, load: () => import('./sign-in/Door.svelte'), open: true },
  notFound: { pattern: /^/, load: () => import('./NotFoundPage.svelte') },
} as const satisfies Record<string, Page>

export type PageName = keyof typeof pages
/** `params` become the props of the page: `/u/:updateId` gives `{ updateId }`. */
export type Route = { page: PageName; params: Record<string, string>; open: boolean }

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

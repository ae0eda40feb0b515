import { createSubscriber } from 'svelte/reactivity'
import { type Route, routeAt } from './pages.ts'

/** What a person is asked before they leave a page that would lose something. */
export type LeaveQuestion = {
  title: string
  text: string
  leave: string
  stay: string
  /** Only closing the tab would lose something: other pages of the site go on with it. */
  tabOnly?: true
}

let notify = () => {}
let url = new URL(globalThis.location?.href ?? 'http://localhost/')
let route = routeAt(url.pathname)

/** What we keep with each entry of the history; null on one that the browser made. */
type Entry = { entry: string; scrollY?: number } | null
let entry = (globalThis.history?.state as Entry)?.entry ?? ''
/** How far each entry was scrolled when it was left, in CSS pixels. */
const scrolls = new Map<string, number>()
let guard: LeaveQuestion | null = null
let asked: { question: LeaveQuestion; answer: (leave: boolean) => void } | null = null

const subscribe = createSubscriber((update) => {
  notify = update
  addEventListener('popstate', moveByHistory)
  document.addEventListener('click', moveByLink)
  addEventListener('beforeunload', holdTab)
  addEventListener('pagehide', keepScroll)
  history.scrollRestoration = 'manual'
  return () => {
    removeEventListener('popstate', moveByHistory)
    document.removeEventListener('click', moveByLink)
    removeEventListener('beforeunload', holdTab)
    removeEventListener('pagehide', keepScroll)
  }
})

/** Where the person is: the address bar is the only owner, reading it in a component subscribes to it. */
export const place = {
  get url(): URL {
    subscribe()
    return url
  },
  get route(): Route {
    subscribe()
    return route
  },
  /** The question that waits for an answer because somebody wants to leave a guarded page. */
  get leaving() {
    subscribe()
    return asked
  },
}

/** Goes to a path on this site, asking first when the page is guarded. */
export async function navigate(path: string, { replace = false }: { replace?: boolean } = {}): Promise<void> {
  const target = new URL(path, url)
  if (guard && target.pathname !== url.pathname && !(await mayLeave())) return
  keepScroll()
  history[replace ? 'replaceState' : 'pushState']({ entry: `${performance.timeOrigin + performance.now()}` }, '', target)
  arrive(target)
}

/** Changes the query of the page that is shown, without leaving it: no new entry in the history, no scrolling. */
export function replaceQuery(query: Record<string, string | null>): void {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) {
    if (value === null) target.searchParams.delete(name)
    else target.searchParams.set(name, value)
  }
  history.replaceState(history.state, '', target)
  arrive(target)
}

/**
 * Until the returned function is called, leaving the page asks the question first (in a dialog, so that a recording
 * goes on meanwhile), and closing the tab asks the browser's own.
 */
export function guardLeaving(question: LeaveQuestion): () => void {
  guard = question
  return () => {
    if (guard === question) guard = null
  }
}

/** True while a page must not be taken away from the person. */
export const isGuarded = (): boolean => guard !== null

/** Scrolls to what the address names, else to where this entry of the history was left; a new one starts at the top. */
export function scrollToPlace(): void {
  const named = url.hash ? document.getElementById(decodeURIComponent(url.hash.slice(1))) : null
  if (named) named.scrollIntoView()
  else scrollTo(0, scrolls.get(entry) ?? (history.state as Entry)?.scrollY ?? 0)
}

function keepScroll() {
  scrolls.set(entry, scrollY)
  history.replaceState({ entry, scrollY }, '')
}

function arrive(target: URL) {
  entry = (history.state as Entry)?.entry ?? ''
  if (target.pathname !== url.pathname) route = routeAt(target.pathname)
  url = target
  notify()
}

/** Asks the question of a guarded page; true at once on any other. */
export async function mayLeave(): Promise<boolean> {
  const question = guard
  if (!question || question.tabOnly) return true
  const leave = await new Promise<boolean>((answer) => {
    asked?.answer(false)
    asked = { question, answer }
    notify()
  })
  if (asked?.question === question) asked = null
  if (leave) guard = null
  notify()
  return leave
}

async function moveByHistory() {
  scrolls.set(entry, scrollY)
  const target = new URL(location.href)
  if (target.pathname === url.pathname || !guard || guard.tabOnly) return arrive(target)
  history.pushState({ entry }, '', url)
  if (await mayLeave()) await navigate(target.href)
}

function moveByLink(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return
  if (/^\/(api|media)\//.test(link.pathname)) return
  if (link.hash && link.pathname === url.pathname && link.search === url.search) return
  event.preventDefault()
  void navigate(link.href)
}

function holdTab(event: BeforeUnloadEvent) {
  if (guard) event.preventDefault()
}

import { createSubscriber } from 'svelte/reactivity'
import { type Route, routeAt } from './routes.ts'

/** What a person is asked before they leave a page that would lose something. */
export type LeaveQuestion = { title: string; text: string; leave: string; stay: string }

let notify = () => {}
let url = new URL(globalThis.location?.href ?? 'http://localhost/')
let guard: LeaveQuestion | null = null
let asked: { question: LeaveQuestion; answer: (leave: boolean) => void } | null = null

const subscribe = createSubscriber((update) => {
  notify = update
  addEventListener('popstate', moveByHistory)
  document.addEventListener('click', moveByLink)
  addEventListener('beforeunload', holdTab)
  history.scrollRestoration = 'manual'
  return () => {
    removeEventListener('popstate', moveByHistory)
    document.removeEventListener('click', moveByLink)
    removeEventListener('beforeunload', holdTab)
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
    return routeAt(url.pathname)
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
  if (target.pathname !== url.pathname && !(await mayLeave())) return
  if (!replace) history.replaceState({ scrollY }, '')
  history[replace ? 'replaceState' : 'pushState']({ scrollY: 0 }, '', target)
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

/** Where this entry of the history was scrolled to when it was left, in CSS pixels. */
export const rememberedScroll = (): number => Number((history.state as { scrollY?: number } | null)?.scrollY ?? 0)

function arrive(target: URL) {
  url = target
  notify()
}

async function mayLeave(): Promise<boolean> {
  const question = guard
  if (!question) return true
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
  const target = new URL(location.href)
  if (target.pathname === url.pathname || !guard) return arrive(target)
  history.pushState(null, '', url)
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

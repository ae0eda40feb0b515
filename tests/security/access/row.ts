import type { Audience } from './audiences.ts'
import type { FreshKind, Target } from './scene.ts'

/** A route of the API as its description names it, and who may use it. */
export type Row = {
  route: string
  who: Partial<Audience>
  /** What is sent: valid, so that nobody is refused for it. */
  body?: object | ((target: Target) => object)
  /** Only for sessions, or for nobody in particular: API tokens are refused. */
  noToken?: true
  /** A file instead, as WebVTT. */
  text?: string
  query?: string
  /** It is about an update in the trash. */
  inTrash?: true
  /** What is made anew for each viewer who may, because the request takes it away. */
  fresh?: FreshKind
}

/** One line of the table. */
export const row = (route: string, who: Partial<Audience>, rest: Omit<Row, 'route' | 'who'> = {}): Row => ({
  route,
  who,
  ...rest,
})
/** One that no API token opens. */
export const rowForSessions: typeof row = (route, who, rest) => row(route, who, { ...rest, noToken: true })

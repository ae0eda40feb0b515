import type { Update } from '@meanwhile/shared/contract/updates'
import type { Wire } from '../api.ts'
import type { GuestPart } from '../share/guest-part.svelte.ts'

/** Whether this viewer may say something about an update: its channel takes comments, and the link that a guest came by does. */
export const mayComment = ({ canComment }: Pick<Wire<typeof Update>, 'canComment'>, guest: GuestPart | undefined): boolean =>
  canComment && (!guest || guest.writes)

import type { OpenLink, readOpenLink, revokeOpenLink, saveOpenLink } from '@meanwhile/shared/contract/open-links'
import { call, type Input, type Wire } from '../api.ts'

export type ShownOpenLink = Wire<typeof OpenLink>
const url = '/api/positions/:positionId/open-link'

/** The link of a position that is for everybody. Each throws ApiError. */
export const openLinkOf = async (positionId: string): Promise<ShownOpenLink | null> =>
  (await call<typeof readOpenLink>('GET', url, { params: { positionId } })).link

export const saveLink = async (positionId: string, body: Input<typeof saveOpenLink>['body']): Promise<ShownOpenLink | null> =>
  (await call<typeof saveOpenLink>('PUT', url, { params: { positionId }, body })).link

export async function revokeLink(positionId: string): Promise<void> {
  await call<typeof revokeOpenLink>('DELETE', url, { params: { positionId } })
}

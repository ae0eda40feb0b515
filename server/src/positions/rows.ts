import type { schema } from '@meanwhile/shared/db/client'

export type PositionRow = typeof schema.positions.$inferSelect
export type InterviewRow = typeof schema.interviews.$inferSelect
export type InvitationRow = typeof schema.candidateInvitations.$inferSelect

/** Carries the token of a candidate's invitation: the request is made by that candidate, whoever is signed in. */
export const invitationHeader = 'meanwhile-invitation'
export type InvitationHeader = typeof invitationHeader

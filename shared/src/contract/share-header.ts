/** Carries the token of a share link: the request is made by a guest of it, whoever is signed in. */
export const shareHeader = 'meanwhile-share'
export type ShareHeader = typeof shareHeader

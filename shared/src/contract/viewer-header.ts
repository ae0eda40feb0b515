/**
 * Names the person on whose behalf a request is made: with the session of another it is refused as `signed-out`. Behind a space it may
 * name the workspace that it is for, whichever one the session is in: for somebody who is not a member there it is refused as
 * `no-workspace`. It may be left out.
 */
export const viewerHeader = 'meanwhile-viewer'
export type ViewerHeader = typeof viewerHeader

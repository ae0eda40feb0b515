/** Names the person on whose behalf a request is made: with the session of another it is refused as `signed-out`. It may be left out. */
export const viewerHeader = 'meanwhile-viewer'
export type ViewerHeader = typeof viewerHeader

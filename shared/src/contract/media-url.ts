import * as z from 'zod'

export const VideoParams = z.object({ videoId: z.uuid() })

export const MediaUrl = z.string().describe('Signed and expiring, relative to this site')

import * as z from 'zod'
import { endpoint } from './endpoint.ts'

const Bound = z.coerce.number().int().min(1).max(10_000)

/** What another site needs to show an update: https://oembed.com, version 1.0. */
export const OEmbed = z
  .object({
    version: z.literal('1.0'),
    type: z.enum(['video', 'link']).describe('link: an update without a video'),
    title: z.string(),
    author_name: z.string(),
    provider_name: z.literal('Meanwhile'),
    provider_url: z.url(),
    cache_age: z.int().describe('In seconds; by then the thumbnail has another address'),
    html: z.string().optional().describe('Of a video: a frame with the player alone'),
    width: z.int().optional(),
    height: z.int().optional(),
    duration: z.number().optional().describe('Of a video: its length in seconds, as it is watched'),
    thumbnail_url: z.url().optional(),
    thumbnail_width: z.int().optional(),
    thumbnail_height: z.int().optional(),
  })
  .meta({ id: 'OEmbed' })
export type OEmbed = z.infer<typeof OEmbed>

export const readOEmbed = endpoint({
  method: 'GET',
  url: '/api/oembed',
  schema: {
    summary: 'How another site shows an update (oEmbed 1.0)',
    description: 'Answers 404 to whoever may not see the update, signed in or not, and 501 for a format other than JSON.',
    tags: ['updates'],
    querystring: z.object({
      url: z.string().max(2000).describe('The address of an update, or of its embedded player'),
      maxwidth: Bound.optional(),
      maxheight: Bound.optional(),
      format: z.string().max(20).optional(),
    }),
    response: { 200: OEmbed },
  },
})

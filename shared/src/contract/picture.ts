import * as z from 'zod'
import { Empty, endpoint } from './endpoint.ts'

export const PictureUrl = z
  .string()
  .describe(
    'Relative to this site; whoever has it sees the picture, so that it can stand in any page. Another picture has another one',
  )

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp', 'application/octet-stream']

/** Of the file that is sent. */
export const maxPictureBytes = 10 * 1024 ** 2

export const storePicture = endpoint({
  method: 'PUT',
  url: '/api/me/picture',
  schema: {
    summary: 'Choose a picture of oneself, shown beside the own name',
    description:
      'The body is a PNG, JPEG or WebP file as it is, at most 10 MiB and 50 million pixels. What is kept is a square cut from its middle, ' +
      'encoded anew: nothing else that the file said, such as where it was taken. 422 for what is no such picture, is damaged or moves.',
    tags: ['people'],
    consumes: pictureTypes,
    response: { 200: z.object({ picture: PictureUrl }) },
  },
})

export const deletePicture = endpoint({
  method: 'DELETE',
  url: '/api/me/picture',
  schema: { summary: 'Remove the own picture', tags: ['people'], response: { 204: Empty } },
})

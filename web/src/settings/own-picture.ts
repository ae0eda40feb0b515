import type { deletePicture, storePicture } from '@meanwhile/shared/contract/picture'
import { type Answer, ApiError, answerOf, call, unreachable } from '../api.ts'
import { say } from './words.ts'

const url = '/api/me/picture'
/** As the server takes it; said here before all of it has been sent. */
const mostMegabytes = 10

/** What the picker of files offers. */
export const pictureTypes = 'image/png,image/jpeg,image/webp'

/** What somebody does with the picture beside their own name. All of it throws ApiError. */
export const ownPicture = {
  /** Stores a file as it is. @returns where the picture is now */
  async store(file: Blob): Promise<string> {
    if (file.size > mostMegabytes * 1024 ** 2)
      throw new ApiError({
        type: '/problems/request-too-large',
        title: say('picture.tooLarge'),
        detail: say('picture.atMost', { megabytes: mostMegabytes }),
        status: 413,
      })
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' }
    const response = await fetch(url, { method: 'PUT', headers, body: file }).catch((cause) => {
      throw unreachable(cause)
    })
    return ((await answerOf(response)) as Answer<typeof storePicture>).picture
  },
  remove: (): Promise<Answer<typeof deletePicture>> => call<typeof deletePicture>('DELETE', url),
}

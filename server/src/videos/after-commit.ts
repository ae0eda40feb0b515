import type { StageName } from '@meanwhile/shared/contract/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { FastifyInstance } from 'fastify'

type Deps = Pick<FastifyInstance, 'queue' | 'storage' | 'log'>

/** Offers stages to the workers. A queue that is away delays the work; the reconciler of the worker brings it back. */
export function offerStages({ queue, log }: Deps, videoId: string, stages: StageName[], requestId: string) {
  for (const stage of stages)
    queue
      .add({ videoId, stage, requestId })
      .catch((error) => log.warn({ err: error, videoId, stage }, 'a stage was not offered to the queue'))
}

/** Deletes all objects of videos whose rows are gone; what cannot be deleted now is left, as below. */
export function deleteMedia({ storage, log }: Deps, videoIds: string[]) {
  for (const videoId of videoIds)
    storage
      .deleteAll(keys.video(videoId))
      .catch((error) => log.warn({ err: error, videoId }, 'the objects of a deleted video are left'))
}

/** Deletes every picture of somebody who has none any more; what cannot be deleted now is left, as below. */
export function deletePictures({ storage, log }: Deps, personId: string) {
  storage
    .deleteAll(keys.person(personId))
    .catch((error) => log.warn({ err: error, personId }, 'the pictures of a deleted person are left'))
}

/** Deletes objects that no row names any more. What cannot be deleted now is left: nobody reaches it. */
export function deleteObjects({ storage, log }: Deps, objects: string[]) {
  for (const key of objects)
    storage.delete(key).catch((error) => log.warn({ err: error, key }, 'an object that was withdrawn is left'))
}

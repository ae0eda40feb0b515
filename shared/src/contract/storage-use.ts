import * as z from 'zod'
import { endpoint } from './endpoint.ts'

/** How much was recorded and uploaded, of how much. What the server makes of it is not counted. */
export const StorageUse = z.object({ usedBytes: z.int(), allowedBytes: z.int() }).meta({ id: 'StorageUse' })
export type StorageUse = z.infer<typeof StorageUse>

export const readStorageUse = endpoint({
  method: 'GET',
  url: '/api/me/storage',
  schema: {
    summary: 'How much room recordings take, of how much: the own ones here, and for owner and admins all of the workspace',
    tags: ['people'],
    response: { 200: z.object({ own: StorageUse, workspace: StorageUse.nullable().describe('Null for members') }) },
  },
})

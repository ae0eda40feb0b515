import { join } from 'node:path'
import type { Env } from './env.ts'
import { sweepIncoming } from './incoming.ts'
import type { Storage } from './storage.ts'
import { diskStorage } from './storage-disk.ts'

/** The storage that the environment asks for: a bucket where `S3_BUCKET` is set, else the disk. What a killed process left is removed. */
export async function openStorage(env: Env): Promise<Storage> {
  const storage = await chosenStorage(env)
  await sweepIncoming(storage.incomingDir)
  return storage
}

async function chosenStorage(env: Env): Promise<Storage> {
  if (!env.S3_BUCKET) return diskStorage(env.MEDIA_DIR)
  // Loaded only where it is used: the SDK costs 40 MB of memory.
  const { s3Storage } = await import('./storage-s3.ts')
  return s3Storage({
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    endpoint: env.S3_ENDPOINT,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? '',
    incomingDir: join(env.MEDIA_DIR, 'incoming'),
  })
}

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import type { S3Options } from '@meanwhile/shared/platform/storage-s3'
import S3rver from 's3rver'
import { afterAll } from 'vitest'

/** A real S3-speaking server on a free port, ended after the test file. `bucket()` makes an empty one. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'meanwhile-s3-'))
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory })
  const { port } = await server.run()
  const place = { region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` }
  const client = new S3Client({
    ...place,
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  })
  afterAll(async () => {
    client.destroy()
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    async bucket(): Promise<S3Options> {
      const bucket = `media-${randomBytes(4).toString('hex')}`
      await client.send(new CreateBucketCommand({ Bucket: bucket }))
      return { ...place, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', bucket, incomingDir: join(directory, 'incoming') }
    },
  }
}

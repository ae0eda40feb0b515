import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { ObjectNotFoundError, type Storage, StorageFullError, type StoredObject } from './storage.ts'

export type S3Options = {
  bucket: string
  region: string
  endpoint?: string | undefined
  accessKeyId: string
  secretAccessKey: string
  /** Local folder for files on their way. */
  incomingDir: string
}

const isMissing = (error: unknown) => error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name)
const isFull = (error: unknown) =>
  error instanceof Error &&
  (['QuotaExceeded', 'XMinioStorageFull', 'EntityTooLarge'].includes(error.name) || /507|no space/i.test(error.message))

/** Objects in a bucket of any S3-compatible server. One `PutObject` a file: up to 5 GiB (S3's own limit). */
export async function s3Storage({
  bucket,
  region,
  endpoint,
  accessKeyId,
  secretAccessKey,
  incomingDir,
}: S3Options): Promise<Storage> {
  await mkdir(incomingDir, { recursive: true })
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Servers other than AWS do not know the SDK's checksum trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
  })

  const read: Storage['read'] = async (key, range) => {
    const Range = range && `bytes=${range.start}-${range.end}`
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }))
      return Body as Readable
    } catch (error) {
      throw isMissing(error) ? new ObjectNotFoundError(key) : error
    }
  }

  async function* objects(prefix: string): AsyncGenerator<StoredObject> {
    let ContinuationToken: string | undefined
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken }))
      for (const { Key, Size = 0, LastModified = new Date() } of page.Contents ?? [])
        if (Key !== undefined) yield { key: Key, sizeBytes: Size, storedAt: LastModified }
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
  }

  async function* list(prefix: string): AsyncGenerator<string> {
    for await (const { key } of objects(prefix)) yield key
  }

  async function deleteBatch(batch: string[]) {
    if (batch.length === 0) return
    const { Errors: [failed] = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: batch.map((Key) => ({ Key })), Quiet: true } }),
    )
    if (failed) throw new Error(`the storage did not delete ${failed.Key}: ${failed.Message ?? failed.Code}`)
  }

  return {
    incomingDir,
    read,
    list,
    objects,
    async putFile(key, file) {
      const { size } = await stat(file)
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(file), ContentLength: size }))
      } catch (error) {
        throw isFull(error) ? new StorageFullError(error) : error
      }
      await rm(file, { force: true })
    },
    async size(key) {
      try {
        return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ContentLength ?? null
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    async download(key, file) {
      await pipeline(await read(key), createWriteStream(file))
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
    async deleteAll(prefix) {
      let batch: string[] = []
      for await (const key of list(prefix)) {
        batch.push(key)
        if (batch.length === 1000) {
          await deleteBatch(batch)
          batch = []
        }
      }
      await deleteBatch(batch)
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: bucket }))
    },
  }
}

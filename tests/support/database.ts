import { randomBytes } from 'node:crypto'
import { connect } from '@meanwhile/shared/db/client'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'

/** A database of this test file alone, cloned from the migrated template and dropped at the end. */
export async function cloneDatabase() {
  const name = `test_${randomBytes(6).toString('hex')}`
  const maintenance = postgres(inject('postgresUrl'), { max: 1 })
  await maintenance`create database ${maintenance(name)} template meanwhile`
  const url = new URL(`/${name}`, inject('postgresUrl')).href
  const { db, sql } = connect(url)
  afterAll(async () => {
    await sql.end({ timeout: 1 })
    await maintenance`drop database ${maintenance(name)} with (force)`
    await maintenance.end()
  })
  return { url, db, sql }
}

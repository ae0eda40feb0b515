import type { readReel as endpoint } from '@meanwhile/shared/contract/reel'
import { type Answer, call } from '../api.ts'
import type { Query } from './asked-for.ts'

/** @throws {ApiError} */
export const readReel = (query: Query): Promise<Answer<typeof endpoint>> =>
  call<typeof endpoint>('GET', '/api/reel', { querystring: query })

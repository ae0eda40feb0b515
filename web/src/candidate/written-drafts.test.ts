import { expect, test } from 'vitest'
import { storageOf } from '../browser-storage.fake.ts'
import { WrittenDrafts } from './written-drafts.ts'

test('what is written outlives the page, for this candidate alone, until it is saved or all is deleted', () => {
  const store = storageOf(new Map())
  const ana = new WrittenDrafts('ana', store)
  ana.keep('why', 'Because')
  ana.keep('how', 'So')
  expect(new WrittenDrafts('ana', store).read('why')).toBe('Because')
  expect(new WrittenDrafts('ben', store).read('why')).toBeNull()
  ana.keep('why', null)
  expect([ana.read('why'), ana.read('how')]).toEqual([null, 'So'])
  ana.forgetAll()
  expect(ana.read('how')).toBeNull()
})

test('a damaged memory is none', () => {
  const store = storageOf(new Map([['meanwhile.answers.ana', 'nonsense']]))
  expect(new WrittenDrafts('ana', store).read('why')).toBeNull()
})

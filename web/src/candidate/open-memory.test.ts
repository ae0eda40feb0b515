import { expect, test } from 'vitest'
import { forgetPath, rememberedPath, rememberPath } from './open-memory.ts'

function aStore(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  }
}

test('a browser remembers whose link it was until that is deleted, and leads nowhere else', () => {
  const store = aStore()
  rememberPath('advert', '/i/own', store)
  rememberPath('other', '/i/owner', store)
  store.setItem('meanwhile.open.evil', 'https://example.org')
  expect([rememberedPath('advert', store), rememberedPath('none', store), rememberedPath('evil', store)]).toEqual([
    '/i/own',
    null,
    null,
  ])
  forgetPath(store, '/i/own/q/why')
  expect([rememberedPath('advert', store), rememberedPath('other', store)]).toEqual([null, '/i/owner'])
})

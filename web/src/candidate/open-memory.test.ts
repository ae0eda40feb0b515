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
  rememberPath(store, 'advert', '/i/own')
  rememberPath(store, 'other', '/i/owner')
  store.setItem('meanwhile.open.evil', 'https://example.org')
  expect([rememberedPath(store, 'advert'), rememberedPath(store, 'none'), rememberedPath(store, 'evil')]).toEqual([
    '/i/own',
    null,
    null,
  ])
  forgetPath(store, '/i/own/q/why')
  expect([rememberedPath(store, 'advert'), rememberedPath(store, 'other')]).toEqual([null, '/i/owner'])
})

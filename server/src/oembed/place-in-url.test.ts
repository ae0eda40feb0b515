import { expect, test } from 'vitest'
import { placeInUrl } from './place-in-url.ts'

const id = '0b9f8b62-8f4e-4c0e-9d55-0a5f3a4f7d11'

test.each([
  [`https://here.example/u/${id}`, { updateId: id, t: null }],
  [`https://here.example/u/${id}?t=1m2s#c`, { updateId: id, t: '1m2s' }],
  [`https://here.example/embed/${id}/`, { updateId: id, t: null }],
  ['https://here.example/s/abc_-9?t=5', { token: 'abc_-9', t: '5' }],
  ['https://here.example/embed/s/abc_-9', { token: 'abc_-9', t: null }],
  ['https://here.example/s/a.b', null],
  [`http://here.example/u/${id}`, null],
  [`https://here.example.org/u/${id}`, null],
  [`https://here.example@evil.example/u/${id}`, null],
  [`https://here.example/c/${id}`, null],
  ['https://here.example/u/1', null],
  ['javascript:alert(1)', null],
  ['', null],
])('%j', (url, expected) => {
  expect(placeInUrl(url, 'https://here.example')).toEqual(expected)
})

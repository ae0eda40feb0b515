import { expect, test } from 'vitest'
import { routeAt, signInPath } from './pages.ts'
import { pathAfterSignIn } from './sign-in/path-after-sign-in.ts'

test.each([
  ['/', { page: 'home', params: {}, open: false }],
  ['/record', { page: 'record', params: {}, open: false }],
  ['/record/', { page: 'record', params: {}, open: false }],
  ['/u/0199', { page: 'watch', params: { updateId: '0199' }, open: false }],
  ['/c/0199', { page: 'channel', params: { channelId: '0199' }, open: false }],
  ['/hours', { page: 'hours', params: {}, open: false }],
  ['/agreement', { page: 'agreement', params: {}, open: false }],
  ['/check-ins', { page: 'checkIns', params: { rest: '' }, open: false }],
  ['/check-ins/0199/2026-03-23', { page: 'checkIns', params: { rest: '/0199/2026-03-23' }, open: false }],
  ['/interviews', { page: 'interviews', params: { rest: '' }, open: false }],
  ['/interviews/0199/questions', { page: 'interviews', params: { rest: '/0199/questions' }, open: false }],
  ['/join/a%2Fb', { page: 'link', params: { kind: 'join', token: 'a/b' }, open: true }],
  ['/join/%', { page: 'link', params: { kind: 'join', token: '%' }, open: true }],
  ['/reset/abc', { page: 'link', params: { kind: 'reset', token: 'abc' }, open: true }],
  ['/s/hiring/abc', { page: 'link', params: { kind: 's/hiring', token: 'abc' }, open: true }],
  ['/i/abc', { page: 'candidate', params: { token: 'abc', rest: '' }, open: true }],
  ['/i/abc/q/why/video', { page: 'candidate', params: { token: 'abc', rest: '/q/why/video' }, open: true }],
  ['/sign-in', { page: 'signIn', params: {}, open: true }],
  ['/u/', { page: 'notFound', params: {}, open: false }],
  ['/u/1/2', { page: 'notFound', params: {}, open: false }],
  ['/wp-admin', { page: 'notFound', params: {}, open: false }],
])('%s is a page', (path, route) => {
  expect(routeAt(path)).toEqual(route)
})

test('signing in leads back to the moment that the link named', () => {
  const path = signInPath(new URL('http://site/u/1?t=83&c=2'))
  expect(path).toBe('/sign-in?next=%2Fu%2F1%3Ft%3D83%26c%3D2')
  expect(pathAfterSignIn(new URL(path, 'http://site').search)).toBe('/u/1?t=83&c=2')
  expect(signInPath(new URL('http://site/'))).toBe('/sign-in')
})

test.each([
  '',
  '?next=',
  '?next=https://evil.example/',
  '?next=//evil.example',
  '?next=/\\evil.example',
  '?next=javascript:alert(1)',
  '?next=/sign-in',
])('after signing in, %j leads home and never to another site', (search) => {
  expect(pathAfterSignIn(search)).toBe('/')
})

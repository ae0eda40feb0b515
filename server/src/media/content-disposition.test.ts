import { expect, test } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

test.each([
  ['Monday.mp4', `attachment; filename="Monday.mp4"; filename*=UTF-8''Monday.mp4`],
  ['Überblick „A“.mp4', `attachment; filename="_berblick _A_.mp4"; filename*=UTF-8''%C3%9Cberblick%20%E2%80%9EA%E2%80%9C.mp4`],
  ['../../etc/passwd', `attachment; filename="..-..-etc-passwd"; filename*=UTF-8''..-..-etc-passwd`],
  ['a"\r\nSet-Cookie: x=1.mp4', `attachment; filename="a-Set-Cookie- x=1.mp4"; filename*=UTF-8''a-Set-Cookie-%20x%3D1.mp4`],
])('%j cannot leave the header', (name, header) => {
  expect(contentDisposition(name)).toBe(header)
})

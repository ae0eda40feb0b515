import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Lookup, OutboundRefused, outboundFault, postOutbound } from '@meanwhile/shared/platform/outbound'
import { isPublicAddress } from '@meanwhile/shared/platform/public-address'
import { afterAll, expect, test } from 'vitest'

/** A server on this machine that counts who comes. */
async function listen(answer: RequestListener) {
  let count = 0
  const server = createServer((request, reply) => {
    count++
    answer(request, reply)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, count: () => count }
}
const post = (url: string, lookup?: Lookup, allowPrivate = false) =>
  postOutbound({ url, headers: { 'content-type': 'application/json' }, body: '{}' }, { allowPrivate, ...(lookup && { lookup }) })
const leadsTo =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses

const target = await listen((_request, reply) => reply.end('secret'))

const notPublic = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.9.9.9',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'ff02::1',
  '2002:7f00:1::',
  '2001:0:1::1',
  '2001:db8::1',
]
test.each(notPublic)('R28: what a name leads to is refused where it is private: %s', async (address) => {
  expect(isPublicAddress(address)).toBe(false)
  await expect(post(`https://hooks.example.org:${target.port}/`, leadsTo(address))).rejects.toThrow(OutboundRefused)
  // One public address beside it changes nothing.
  await expect(post(`https://hooks.example.org:${target.port}/`, leadsTo('93.184.215.14', address))).rejects.toThrow(/private/)
})

test.each(['1.1.1.1', '93.184.215.14', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  'http://example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun%2Fdocker.sock/containers',
  'https://ada:secret@example.org/',
  'https://ada@example.org/',
  'https://example.org:22/',
  'https://example.org:25/',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://0/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'no address',
  '',
])('R28: an address that is not for sending is refused before anything is asked: %j', async (url) => {
  expect(outboundFault(url, { allowPrivate: false })).not.toBeNull()
  await expect(post(url, leadsTo('127.0.0.1'))).rejects.toThrow(OutboundRefused)
})

test('R28: a name is looked up once, and the connection goes to the address that was checked (DNS rebinding)', async () => {
  let lookups = 0
  // No name server knows it: whoever looked it up again would not arrive.
  const answer = await post(
    `http://rebinding.invalid:${target.port}/`,
    async () => {
      lookups++
      return ['127.0.0.1']
    },
    true,
  )
  expect(answer).toEqual({ status: 200, text: 'secret' })
  expect(lookups).toBe(1)
})

test('R28: a redirect is an answer, and is not followed', async () => {
  const before = target.count()
  const redirecting = await listen((_request, reply) =>
    reply.writeHead(302, { location: `http://127.0.0.1:${target.port}/` }).end(),
  )
  expect((await post(`http://127.0.0.1:${redirecting.port}/`, undefined, true)).status).toBe(302)
  expect(target.count()).toBe(before)
})

test('R28: of an answer without end 64 kB are read', async () => {
  const endless = await listen((_request, reply) => {
    const more = () => {
      while (!reply.destroyed && reply.write('x'.repeat(16_384)));
      reply.once('drain', more)
    }
    more()
  })
  expect((await post(`http://127.0.0.1:${endless.port}/`, undefined, true)).text).toHaveLength(64 * 1024)
})

test('R28: who does not answer, or drop by drop, is waited for no longer than a few seconds; so is a name server', async () => {
  const silent = await listen(() => {})
  const slow = await listen((_request, reply) => {
    const timer = setInterval(() => reply.write('x'), 200)
    reply.on('close', () => clearInterval(timer))
  })
  const never: Lookup = () => new Promise(() => {})
  await Promise.all(
    [
      post(`http://127.0.0.1:${silent.port}/`, undefined, true),
      post(`http://127.0.0.1:${slow.port}/`, undefined, true),
      post('https://example.org/', never),
    ].map((each) => expect(each).rejects.toThrow(/abort|time/i)),
  )
})

test('R28: nothing reached the server of this machine but what was allowed to', () => {
  expect(target.count()).toBe(1)
})

import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Where a name leads: every address of it. */
export type Lookup = (host: string) => Promise<string[]>
/** `allowPrivate`: also to private networks, and without TLS, for operators who say so. */
export type OutboundRules = { allowPrivate: boolean; lookup?: Lookup }
export type Outbound = { url: string; headers: Record<string, string>; body: string }
export type OutboundQuestion = Omit<Outbound, 'body'>
export type OutboundAnswer = { status: number; text: string }

/** We do not send there, or not to what it leads to. Its message is for people. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused'
}

const deadlineMs = 5_000
const mostBytes = 64 * 1024

const everyAddress: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/** What is wrong with an address that somebody else chose, before it is looked up; null when nothing is. */
export function outboundFault(url: string, { allowPrivate }: Pick<OutboundRules, 'allowPrivate'>): string | null {
  const { protocol, username, password, port, hostname } = URL.canParse(url) ? new URL(url) : new URL('about:blank')
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'must begin with https://'
  if (username || password) return 'must not have a name or password in it'
  if (port !== '' && port !== '80' && Number(port) < 1024) return 'must use the usual port, or one above 1023'
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) && !isPublicAddress(host)) return 'must lead to a public address'
  return null
}

/** Looks a host up once. What it leads to is public as a whole, or none of it is used. @throws {OutboundRefused} */
async function addressOf(host: string, { allowPrivate, lookup: lookUp = everyAddress }: OutboundRules): Promise<string> {
  const addresses = isIP(host) ? [host] : await lookUp(host)
  const [first] = addresses
  if (first === undefined) throw new OutboundRefused('The name leads nowhere')
  if (!allowPrivate && !addresses.every(isPublicAddress)) throw new OutboundRefused('The name leads to a private address')
  return first
}

const beforeDeadline = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ])

type Limits = { method: 'GET' | 'POST'; body: string; deadlineMs: number; mostBytes: number; whole: boolean }

/** One request to the very address that was checked, without following redirects. @throws {OutboundRefused} and what the network says */
async function askOutbound({ url, headers }: OutboundQuestion, rules: OutboundRules, limits: Limits): Promise<OutboundAnswer> {
  const { method, body, deadlineMs, mostBytes, whole } = limits
  const fault = outboundFault(url, rules)
  if (fault) throw new OutboundRefused(`The address ${fault}`)
  const target = new URL(url)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const signal = AbortSignal.timeout(deadlineMs)
  const address = await beforeDeadline(addressOf(host, rules), signal)
  const request = target.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const sent = request(
      target,
      {
        method,
        headers: method === 'POST' ? { ...headers, 'content-length': Buffer.byteLength(body) } : headers,
        agent: false,
        signal,
        // The name is not looked up again: it may lead elsewhere by now.
        lookup: (_host, { all }, done) => {
          const family = isIP(address)
          return all ? done(null, [{ address, family }]) : done(null, address, family)
        },
      },
      (answer) => {
        const chunks: Buffer[] = []
        let sizeBytes = 0
        const finish = () => {
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8') })
          answer.destroy()
        }
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          sizeBytes += chunk.length
          if (sizeBytes < mostBytes) return
          if (!whole) return finish()
          reject(new OutboundRefused('The answer is too long'))
          answer.destroy()
        })
        answer.on('end', finish)
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(method === 'POST' ? body : undefined)
  })
}

/**
 * The only way in which we tell something to where others chose: one POST, for at most 5 s and 64 kB of answer.
 * @throws {OutboundRefused} for where we do not send, and what the network says
 */
export const postOutbound = ({ body, ...to }: Outbound, rules: OutboundRules): Promise<OutboundAnswer> =>
  askOutbound(to, rules, { method: 'POST', body, deadlineMs, mostBytes, whole: false })

/**
 * The only way in which we read what others chose: one GET, for at most 20 s and 4 MB, the whole of it or nothing.
 * @throws {OutboundRefused} for where we do not ask, and for an answer that is too long; and what the network says
 */
export const getOutbound = (from: OutboundQuestion, rules: OutboundRules): Promise<OutboundAnswer> =>
  askOutbound(from, rules, { method: 'GET', body: '', deadlineMs: 20_000, mostBytes: 4 * 1024 * 1024, whole: true })

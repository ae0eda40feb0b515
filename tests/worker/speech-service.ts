import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** What a service that speaks OpenAI's protocol was sent. */
export type Asked = {
  path: string
  authorization: string | undefined
  length: number
  fields: Record<string, string[]>
  wav: Buffer
}
type Reply = (asked: Asked, response: ServerResponse) => void

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(body, { headers }).formData()
  const fields: Record<string, string[]> = {}
  for (const [name, value] of form) if (typeof value === 'string') fields[name] = [...(fields[name] ?? []), value]
  const file = form.get('file')
  const wav = file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0)
  const { authorization, 'content-length': length } = request.headers
  return { path: request.url ?? '', authorization, length: Number(length), fields, wav }
}

/** How long the sound of a WAV is, in ms. */
export const lengthOfWav = (wav: Buffer): number => (wav.readUInt32LE(40) / 2 / wav.readUInt32LE(24)) * 1000

/** A service on this machine; `reply` may be changed between requests. */
export async function startSpeechService() {
  const asked: Asked[] = []
  const service: { reply: Reply; asked: Asked[]; url: string } = { reply: () => {}, asked, url: '' }
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      asked.push(each)
      service.reply(each, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/audio/transcriptions`
  afterAll(() => server.close())
  return service
}

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (_asked, response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))

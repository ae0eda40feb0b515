import type { AddressInfo } from 'node:net'
import type { App } from '@meanwhile/server/app'
import type { Person } from './given.ts'

export type Heard = { id: number; type: string; data: Record<string, unknown> }

const parse = (text: string): Heard[] =>
  text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block
        .split('\n')
        .filter((line) => !line.startsWith(':'))
        .map((line) => {
          const [name = '', ...rest] = line.split(': ')
          return [name, rest.join(': ')] as const
        }),
    )
    const data = fields.get('data')
    return data ? [{ id: Number(fields.get('id')), type: fields.get('event') ?? '', data: JSON.parse(data) }] : []
  })

/** The stream of events as a browser reads it, once it has begun. `after`: the id of the last event that was heard. */
export async function listenTo(app: App, person: Person, after?: number | string) {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const controller = new AbortController()
  const headers = { cookie: person.cookie, ...(after === undefined ? {} : { 'last-event-id': String(after) }) }
  const answer = await fetch(`http://127.0.0.1:${port}/api/events`, { headers, signal: controller.signal })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const heard = () => parse(text)
  /** What was heard, once there is something that fits. */
  async function until(fits: (event: Heard) => boolean): Promise<Heard[]> {
    while (!heard().some(fits)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`the stream ended with ${text}`)
      text += value
    }
    return heard()
  }
  /** All that is heard until the server ends the stream. */
  async function ended(): Promise<Heard[]> {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return heard()
      text += value
    }
  }
  const [start] = await until(({ type }) => type === 'start')
  return { start: start!, until, ended, heard, close: () => controller.abort() }
}

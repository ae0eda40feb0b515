/** Says when time has passed, as often as it was asked to. */

type Scope = {
  postMessage(message: null): void
  addEventListener(type: 'message', listener: (event: MessageEvent<number>) => void): void
}
const scope = globalThis as unknown as Scope

scope.addEventListener('message', ({ data: everyMs }) => {
  setInterval(() => scope.postMessage(null), everyMs)
})

import { expect, test, vi } from 'vitest'
import { Hold } from './hold.ts'

test('what has ended moves on at once, and waits for who writes', () => {
  const hold = new Hold()
  const [goOn, next] = [vi.fn(), vi.fn()]
  hold.pass(next)
  expect(next).toHaveBeenCalledTimes(1)
  hold.begin(goOn)
  hold.pass(next)
  expect(next).toHaveBeenCalledTimes(1)
  hold.end()
  expect(next).toHaveBeenCalledTimes(2)
  expect(goOn).not.toHaveBeenCalled()
})

test('what was stopped goes on once, and not where somebody went elsewhere', () => {
  const hold = new Hold()
  const goOn = vi.fn()
  hold.begin(goOn)
  hold.end()
  hold.end()
  expect(goOn).toHaveBeenCalledTimes(1)
  hold.begin(goOn)
  hold.forget()
  hold.end()
  expect(goOn).toHaveBeenCalledTimes(1)
})

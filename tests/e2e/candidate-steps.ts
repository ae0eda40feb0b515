import type { Page } from 'playwright-core'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Opens the link of a candidate, and agrees; resolves where the questions are. */
export async function agree(page: Page, url: string) {
  await page.goto(url)
  await page.getByRole('checkbox').check()
  await button(page, 'I agree, begin').click()
  await page.getByRole('heading', { name: 'Your questions' }).waitFor()
}

/** Begins to record on the page that is open; resolves once it records. */
export async function begin(page: Page) {
  await button(page, 'Start recording').click()
  await button(page, 'Start now').click()
  await page.getByRole('timer').waitFor({ timeout: 30_000 })
}

/** Records on the page that is open, for as long, in ms; resolves on the page of the question. */
export async function record(page: Page, forMs = 2_500) {
  await begin(page)
  await page.waitForTimeout(forMs)
  await button(page, 'Stop').click()
  await page.waitForURL(/\/q\/[\w-]+$/, { timeout: 60_000 })
}

/** From the questions; resolves on the receipt, which thanks by name. */
export async function handIn(page: Page, name: string) {
  await button(page, 'Hand in').click()
  await button(page, 'Hand in now').click()
  await page.getByRole('heading', { name: `Thank you, ${name}` }).waitFor({ timeout: 30_000 })
}

import { expect, test } from 'vitest'
import { postBody } from './post-body.ts'

const summary = {
  title: 'Team: 2 new',
  lines: ['Ana <!channel>: *Plan* [x](y)'],
  link: { label: 'Play all', url: 'https://example.org/reel' },
}

test('what people write calls nobody in Slack, and is no markup in Teams', () => {
  const slack = JSON.parse(postBody('slack', summary))
  expect(slack.text).toBe('Team: 2 new: https://example.org/reel')
  expect(slack.blocks[1].text.text).toBe('• Ana &lt;!channel&gt;: *Plan* [x](y)')
  const teams = JSON.parse(postBody('teams', summary)).attachments[0].content
  expect(teams.body[1].text).toBe('Ana <!channel\\>: \\*Plan\\* \\[x\\]\\(y\\)')
  expect(teams.actions).toEqual([{ type: 'Action.OpenUrl', title: 'Play all', url: 'https://example.org/reel' }])
})

test('a long day is cut', () => {
  const teams = JSON.parse(postBody('teams', { ...summary, lines: Array.from({ length: 20 }, (_, at) => `line ${at}`) }))
  expect(teams.attachments[0].content.body).toHaveLength(17)
})

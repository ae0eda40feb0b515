import type { PostFormat } from '../contract/channel-posts.ts'

/** What a room of Slack or Teams is told. */
export type Summary = { title: string; lines: string[]; link: { label: string; url: string } }

const mostLines = 15

/** Slack reads these three as markup of its own. */
const forSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** Teams reads Markdown. */
const forTeams = (text: string) => text.replace(/([\\`*_[\]()#~>|])/g, '\\$1')

const slackBody = ({ title, lines, link }: Summary) => ({
  text: forSlack(`${title}: ${link.url}`),
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: `*${forSlack(title)}*` } },
    ...(lines.length > 0
      ? [
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: lines
                .map((line) => `• ${forSlack(line)}`)
                .join('\n')
                .slice(0, 2_900),
            },
          },
        ]
      : []),
    { type: 'section', text: { type: 'mrkdwn', text: `<${link.url}|${forSlack(link.label)}>` } },
  ],
})

const teamsBody = ({ title, lines, link }: Summary) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          { type: 'TextBlock', text: forTeams(title), weight: 'Bolder', size: 'Medium', wrap: true },
          ...lines.map((line) => ({ type: 'TextBlock', text: forTeams(line), wrap: true, spacing: 'Small' })),
        ],
        actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.url }],
      },
    },
  ],
})

/** The bytes that an incoming webhook takes. */
export function postBody(format: PostFormat, { lines, ...summary }: Summary): string {
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`] : lines
  return JSON.stringify(format === 'slack' ? slackBody({ ...summary, lines: shown }) : teamsBody({ ...summary, lines: shown }))
}

import * as z from 'zod';

const id = z.string().min(1).max(2_000);
const account = z.object({ id, name: z.string().optional() });

/** The part of what Teams sends that the bot reads. Whatever else is there is dropped here. */
export const activitySchema = z.object({
  type: z.string().max(100),
  id: id.optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  text: z.string().optional(),
  textFormat: z.string().optional(),
  channelId: z.string(),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.string().optional(),
    tenantId: z.string().optional(),
    isGroup: z.boolean().optional(),
  }),
  localTimezone: z.string().optional(),
  replyToId: z.string().optional(),
  entities: z
    .array(
      z.looseObject({
        type: z.string(),
        text: z.string().optional(),
        mentioned: account.partial().optional(),
      }),
    )
    .optional()
    .catch(undefined),
  membersAdded: z.array(account).optional(),
  membersRemoved: z.array(account).optional(),
  value: z.unknown().optional(),
  channelData: z
    .object({
      tenant: z.object({ id: z.string() }).optional(),
      team: z.object({ id: z.string() }).optional(),
    })
    .optional(),
});

/** One thing that happened in Teams. */
export type Activity = z.infer<typeof activitySchema>;

/**
 * Whether somebody acts beside a conversation, in a dialog that they alone see. The bot need not be in that
 * conversation, and what Teams says of its kind does not tell whether it is their own chat with the bot.
 */
export const isAside = ({ name }: Pick<Activity, 'name'>): boolean =>
  name?.startsWith('composeExtension/') === true;

/** Where a conversation lies: one person and the bot, or several people. */
export function isPersonal(activity: Pick<Activity, 'conversation' | 'name'>): boolean {
  const { id, conversationType, isGroup } = activity.conversation;
  if (isAside(activity)) return false;
  if (conversationType !== undefined) return conversationType === 'personal';
  // Of the chat of a meeting, Teams may tell no more than its id.
  return isGroup !== true && !id.includes('@thread.');
}

/** Every tenant that an activity names. */
export const tenantsOf = ({ conversation, channelData }: Activity): readonly string[] =>
  [conversation.tenantId, channelData?.tenant?.id].filter((tenant) => tenant !== undefined);

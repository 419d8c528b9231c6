import { z } from 'zod';

/**
 * What Slack refuses, from its reference pages, each named above the part that it is about. The numbers are
 * written down here once more on purpose: a check that shared them with the adapter would find none wrong.
 */

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object: 1 to 3,000 characters. */
const plainText = (most = 3000) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most).refine(isVisible, 'nothing to be seen'),
    emoji: z.boolean().optional(),
  });

const markdown = z.strictObject({
  type: z.literal('mrkdwn'),
  text: z.string().min(1).max(3000),
  verbatim: z.boolean().optional(),
});

const anyText = (most = 3000) =>
  z.discriminatedUnion('type', [plainText(most), markdown.extend({ text: z.string().min(1).max(most) })]);

const actionId = z.string().min(1).max(255);
const blockId = z.string().min(1).max(255).optional();

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  value: z.string().min(1).max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(150),
  description: plainText(75).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element and multi-select-menu-element */
const menu = {
  action_id: actionId,
  placeholder: plainText(150).optional(),
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

const inputElement = z.discriminatedUnion('type', [
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    initial_value: z.string().optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    placeholder: plainText(150).optional(),
  }),
  /** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
  z.strictObject({
    type: z.literal('radio_buttons'),
    action_id: actionId,
    initial_option: option.optional(),
    options: z.array(option).min(1).max(10),
  }),
  /** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: actionId,
    initial_options: z.array(option).min(1).max(10).optional(),
    options: z.array(option).min(1).max(10),
  }),
  z.strictObject({ type: z.literal('static_select'), ...menu, initial_option: option.optional() }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    initial_options: z.array(option).min(1).optional(),
  }),
]);

const block = z.discriminatedUnion('type', [
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
  z
    .strictObject({
      type: z.literal('section'),
      block_id: blockId,
      text: anyText().optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: button.optional(),
      expand: z.boolean().optional(),
    })
    .refine(({ text, fields }) => text || fields, 'neither text nor fields'),
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  z.strictObject({
    type: z.literal('context'),
    block_id: blockId,
    elements: z.array(anyText()).min(1).max(10),
  }),
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  z.strictObject({ type: z.literal('actions'), block_id: blockId, elements: z.array(button).min(1).max(25) }),
  /** https://docs.slack.dev/reference/block-kit/blocks/input-block */
  z.strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plainText(2000),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    element: inputElement,
  }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
]);

const blocks = (most: number) => z.array(block).min(1).max(most).superRefine(checkIds);

/**
 * https://docs.slack.dev/reference/methods/chat.postMessage; that a message has room for some 13,000 characters
 * of blocks is found out by those who hit it: https://github.com/slackapi/bolt-js/issues/2509
 */
const message = z.looseObject({
  text: z.string().min(1).max(40_000),
  blocks: blocks(50)
    .refine((all) => !all.some(({ type }) => type === 'input'), 'an input in a message')
    .refine((all) => JSON.stringify(all).length <= 12_000, 'msg_blocks_too_long')
    .optional(),
});

/** `view_too_large`: https://docs.slack.dev/reference/methods/views.open#errors */
const fits = (view: object): boolean => Buffer.byteLength(JSON.stringify(view)) <= 250_000;

/** https://docs.slack.dev/reference/views/modal-views */
const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    callback_id: z.string().min(1).max(255).optional(),
    private_metadata: z.string().max(3000).optional(),
    external_id: z.string().min(1).max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    blocks: blocks(100),
  })
  .refine((view) => view.submit || !view.blocks.some(({ type }) => type === 'input'), 'inputs and no submit');

/** https://docs.slack.dev/reference/views/home-tab-views */
const home = z
  .strictObject({
    type: z.literal('home'),
    callback_id: z.string().min(1).max(255).optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: blocks(100),
  })
  .refine(fits, 'view_too_large');

/**
 * What Slack would refuse a message (`text` and `blocks`) or a view for, one line a fault, with the place where
 * it is; nothing where it would take it.
 */
export function checkBlocks(payload: unknown): string[] {
  const isView = typeof payload === 'object' && payload !== null && 'type' in payload;
  const kind = !isView ? message : payload.type === 'home' ? home : modal;
  const result = kind.safeParse(payload);
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.join('.') || 'all'}: ${message}`);
}

/** Ids of blocks and of what can be pressed may each stand once in a message or view. */
function checkIds(all: z.infer<typeof block>[], { addIssue }: { addIssue(message: string): void }): void {
  const actions = all.flatMap((each) => {
    switch (each.type) {
      case 'actions':
        return each.elements.map(({ action_id }) => action_id);
      case 'section':
        return each.accessory ? [each.accessory.action_id] : [];
      case 'input':
        return [each.element.action_id];
      default:
        return [];
    }
  });
  const ids = all.flatMap(({ block_id }) => block_id ?? []);
  for (const id of twice(actions)) addIssue(`action_id ${id} stands twice`);
  for (const id of twice(ids)) addIssue(`block_id ${id} stands twice`);
}

const twice = (ids: readonly string[]): string[] => ids.filter((id, index) => ids.indexOf(id) !== index);

function isVisible(text: string): boolean {
  return text.trim() !== '';
}

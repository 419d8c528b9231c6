import { createRequire } from 'node:module';
import { harmless } from '../../../src/chat/harmless.ts';

/** What is used of Microsoft's own renderer, whose build for Node has no types. */
interface Renderer {
  readonly Version: { parse(text: string, context: unknown): unknown };
  readonly SerializationContext: new (
    version?: unknown,
  ) => { readonly eventCount: number; getEventAt(index: number): { readonly message: string } };
  readonly AdaptiveCard: new () => {
    parse(json: unknown, context: unknown): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
    readonly hostConfig: { readonly actions: { maxActions: number } };
  };
}

// Its build of modules does not load in Node; its bundle does.
const require = createRequire(import.meta.url);
const renderer = require('adaptivecards/dist/adaptivecards.js') as Renderer;

const mostBytes = 80 * 1024;
/** Teams shows no more of one set. */
const mostActions = 6;

/** What is wrong with a card, as Microsoft's parser for version 1.5 sees it, and by its size; nothing where all is well. */
export function checkCard(json: unknown): string[] {
  const problems: string[] = [];
  const context = new renderer.SerializationContext(
    renderer.Version.parse('1.5', new renderer.SerializationContext()),
  );
  const card = new renderer.AdaptiveCard();
  card.hostConfig.actions.maxActions = mostActions;
  card.parse(structuredClone(json), context);
  for (let index = 0; index < context.eventCount; index++) problems.push(context.getEventAt(index).message);
  problems.push(...card.validateProperties().validationEvents.map(({ message }) => message));
  const { version, type } = json as Partial<Record<string, unknown>>;
  if (type !== 'AdaptiveCard') problems.push(`The type is ${String(type)}`);
  if (version !== '1.5') problems.push(`The version is ${String(version)}`);
  const bytes = Buffer.byteLength(JSON.stringify(json));
  if (bytes > mostBytes) problems.push(`It has ${bytes} bytes`);
  problems.push(...unknownKeys(json));
  return problems;
}

/** Properties by type: the parser lets a misspelt one pass. */
const known: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['$schema', 'version', 'fallbackText', 'msteams', 'body', 'actions'],
  RichTextBlock: ['inlines'],
  TextRun: ['text', 'weight', 'size', 'color', 'isSubtle', 'fontType'],
  TextBlock: ['text', 'style', 'weight', 'size', 'wrap'],
  Container: ['style', 'selectAction', 'items'],
  ActionSet: ['actions'],
  'Input.Text': ['id', 'label', 'value', 'isMultiline', 'maxLength', 'isRequired', 'errorMessage'],
  'Input.ChoiceSet': [
    'id',
    'label',
    'value',
    'choices',
    'style',
    'isMultiSelect',
    'wrap',
    'isRequired',
    'errorMessage',
  ],
  'Action.Execute': ['title', 'tooltip', 'style', 'verb', 'data'],
  'Action.Submit': ['title', 'tooltip', 'style', 'data', 'associatedInputs'],
  'Action.OpenUrl': ['title', 'tooltip', 'style', 'url'],
};

function unknownKeys(json: unknown): string[] {
  return parts(json).flatMap((part) => {
    const properties = known[part.type];
    if (!properties) return [`There is no ${part.type}`];
    const allowed = new Set(['type', 'spacing', 'separator', ...properties]);
    return Object.keys(part).flatMap((key) => (allowed.has(key) ? [] : [`${part.type} has no ${key}`]));
  });
}

export interface Part {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** A card and all that it is made of, in the order in which it stands there. What a button hands back is not part of it. */
export function parts(json: unknown): Part[] {
  if (Array.isArray(json)) return json.flatMap(parts);
  if (typeof json !== 'object' || json === null) return [];
  const own = 'type' in json && typeof json.type === 'string' ? [json as Part] : [];
  const below = Object.entries(json).flatMap(([key, value]) => (key === 'data' ? [] : parts(value)));
  return [...own, ...below];
}

/** What somebody reads of a card, a line a block. */
export function textOf(json: unknown): string {
  return parts(json)
    .flatMap((part) => {
      switch (part.type) {
        case 'TextRun':
        case 'TextBlock':
          return [String(part.text)];
        case 'Input.Text':
        case 'Input.ChoiceSet':
          return [String(part.label)];
        default:
          return [];
      }
    })
    .map((text) => harmless(text))
    .join('\n');
}

/** What can be pressed on a card, in order; links are not among it. */
export function buttonsOf(json: unknown): Part[] {
  return parts(json).filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
}

import schema from '@microsoft/app-manifest/build/json-schemas/teams/v1.22/MicrosoftTeams.schema.json' with {
  type: 'json',
};
import Ajv from 'ajv-draft-04';
import { cut } from '../../../src/chat/cut.ts';

/** What differs from school to school. */
export interface AppFacts {
  /** The bot's "Application (client) ID". */
  readonly appId: string;
  readonly school: string;
  /** The school's own pages, over HTTPS: Teams shows a link to them. */
  readonly website: string;
  /** Higher than that of the package that was uploaded before, such as `1.2.0`. */
  readonly version: string;
}

const manifestVersion = '1.22';

/** What can be typed, as Teams lists it; nobody is invited to raise a concern before others. */
const commands = [
  { title: 'help', description: 'What I can do, with questions to try' },
  { title: 'policy', description: 'Read the policies, section by section' },
  { title: 'status', description: 'What you have to acknowledge, and what you asked' },
  { title: 'home', description: 'Everything that waits for you, in one card' },
];
const concern = { title: 'concern', description: 'Raise a concern without your name' };

/** The app package's `manifest.json`. */
export function manifestOf({ appId, school, website, version }: AppFacts): Readonly<Record<string, unknown>> {
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version,
    id: appId,
    developer: {
      name: cut(school, 32),
      websiteUrl: website,
      privacyUrl: website,
      termsOfUseUrl: website,
    },
    name: { short: 'Staff guidance', full: 'Staff guidance: answers from the school’s own policies' },
    description: {
      short: 'Answers staff questions from the school’s own policies, word for word.',
      full: `Ask in your own words what you may and may not do. The answer comes from the policies of ${school}: the verdict first, then the policy’s own words, and whom to ask. It also asks you to acknowledge policies, and has a form to raise a concern without your name. It gives no legal advice, and it is no way to report that a child is in danger: speak to the safeguarding lead, or call 999.`,
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1f4e79',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          { scopes: ['personal'], commands: [...commands, concern] },
          { scopes: ['team', 'groupChat'], commands: commands.slice(0, 2) },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: 'ask_policy',
            type: 'action',
            context: ['message'],
            title: 'What does the policy say?',
            description: 'Asks about this message. Only you see the answer.',
            fetchTask: true,
          },
        ],
      },
    ],
    validDomains: [],
  };
}

// Its addresses are looked at by pattern; formats are not part of the check.
const validate = new Ajv.default({ strict: false, allErrors: true, validateFormats: false }).compile(schema);

/** What Microsoft's own schema has against a manifest, a line a fault; nothing where all is well. */
export function checkManifest(manifest: unknown): string[] {
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

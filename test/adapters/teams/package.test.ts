import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packageCommand } from '../../../adapters/teams/package/command.ts';
import { checkIcon, readIcons } from '../../../adapters/teams/package/icons.ts';
import { type AppFacts, checkManifest, manifestOf } from '../../../adapters/teams/package/manifest.ts';
import { makePackage } from '../../../adapters/teams/package/package.ts';

const facts: AppFacts = {
  appId: '11111111-aaaa-4aaa-8aaa-111111111111',
  school: 'Hill Primary School',
  website: 'https://hill.example',
  version: '1.0.0',
};

/** The files of a zip file, as its own list has them. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const length = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20))));
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

test('the manifest is what Microsoft’s schema wants', () => {
  expect(checkManifest(manifestOf(facts))).toEqual([]);
  expect(checkManifest(manifestOf({ ...facts, school: 'S'.repeat(300) }))).toEqual([]);
});

test('the check sees what the schema forbids', () => {
  const manifest = manifestOf(facts);
  expect(checkManifest({ ...manifest, id: 'x' })[0]).toContain('/id');
  expect(checkManifest({ ...manifest, extra: 1 })).toHaveLength(1);
  expect(checkManifest({ ...manifest, name: { short: 'x'.repeat(31) } })[0]).toContain('/name/short');
});

test('the bot is offered in chats, group chats and teams; nobody is invited to raise a concern before others', () => {
  const [bot] = manifestOf(facts).bots as [
    { scopes: string[]; commandLists: { scopes: string[]; commands: { title: string }[] }[] },
  ];
  expect(bot.scopes).toEqual(['personal', 'team', 'groupChat']);
  const titles = bot.commandLists.map(({ scopes, commands }) => [scopes, commands.map(({ title }) => title)]);
  expect(titles).toEqual([
    [['personal'], ['help', 'policy', 'status', 'home', 'concern']],
    [
      ['team', 'groupChat'],
      ['help', 'policy'],
    ],
  ]);
});

test('the icons are of the right size', () => {
  expect(readIcons().flatMap(checkIcon)).toEqual([]);
  const [color, outline] = readIcons();
  expect(checkIcon({ name: 'outline.png', content: color!.content })).toEqual([
    'outline.png is 192 by 192 pixels and must be 32 by 32',
  ]);
  expect(checkIcon({ name: 'color.png', content: Buffer.from('<svg/>') })).toEqual([
    'color.png is no PNG file',
  ]);
  // With room for what is transparent: colour type 6.
  expect(outline!.content[25]).toBe(6);
});

test('the package holds the manifest and both icons, and is the same for the same school', () => {
  const files = unzip(makePackage(facts));
  expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(JSON.parse(files.get('manifest.json')!.toString())).toEqual(manifestOf(facts));
  for (const { name, content } of readIcons()) expect(files.get(name)).toEqual(content);
  expect(makePackage(facts)).toEqual(makePackage(facts));
});

const run = (given: readonly string[], directory: string, environment: Record<string, string> = {}) => {
  const said: string[] = [];
  const complained: string[] = [];
  const code = packageCommand(given, {
    directory,
    environment,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { code, said: said.join('\n'), complained: complained.join('\n') };
};
const folder = (): string => mkdtempSync(join(tmpdir(), 'teams-'));

test('the command makes it with the settings that are there', () => {
  const directory = folder();
  writeFileSync(
    join(directory, '.env'),
    `MicrosoftAppId=${facts.appId}\nPUBLIC_URL=https://bot.hill.example\n`,
  );
  const { code, said } = run(['--school', 'Hill Primary School', '--version', '1.1.0'], directory);
  expect(code).toBe(0);
  expect(said).toContain(join(directory, 'teams-app.zip'));
  const manifest = JSON.parse(
    unzip(readFileSync(join(directory, 'teams-app.zip')))
      .get('manifest.json')!
      .toString(),
  );
  expect(manifest).toMatchObject({
    id: facts.appId,
    version: '1.1.0',
    developer: { name: 'Hill Primary School', websiteUrl: 'https://bot.hill.example' },
  });
});

test('the command says in one line each what is missing', () => {
  const { code, complained } = run(['--version', 'one'], folder());
  expect(code).toBe(1);
  expect(complained.split('\n')).toEqual([
    expect.stringContaining('MicrosoftAppId'),
    expect.stringContaining('--school'),
    expect.stringContaining('--website'),
    expect.stringContaining('--version 1.1.0'),
  ]);
});

test('the command knows what it does not know', () => {
  expect(run(['--colour'], folder())).toMatchObject({
    code: 2,
    complained: expect.stringContaining('Usage:'),
  });
  expect(run(['--help'], folder())).toMatchObject({ code: 0, said: expect.stringContaining('Usage:') });
  const given = ['--app-id', facts.appId, '--school', 'Hill', '--website', facts.website];
  expect(run([...given, '--out', 'no/such/folder.zip'], folder())).toMatchObject({ code: 1 });
});

test('npm runs it', () => {
  const directory = folder();
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
  const [, file = ''] = /(\S+main\.ts)/.exec(scripts['teams:package'] ?? '') ?? [];
  const given = ['--app-id', facts.appId, '--school', 'Hill', '--website', facts.website];
  execFileSync(process.execPath, [join(process.cwd(), file), ...given], { cwd: directory });
  expect(unzip(readFileSync(join(directory, 'teams-app.zip'))).size).toBe(3);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Bytes that are searched, and where they are. */
export interface Haystack {
  readonly place: string;
  readonly bytes: Buffer;
}

/** Every file below a folder, and the names of all files and folders. A file that goes meanwhile is left out. */
export function haystacksIn(folder: string): Haystack[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const files = entries.flatMap((entry): Haystack[] => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    try {
      return [{ place: relative(folder, path), bytes: readFileSync(path) }];
    } catch {
      return [];
    }
  });
  return [...files, { place: 'the names of files', bytes: Buffer.from(names.join('\n')) }];
}

/** Every way in which a word may stand in a file. */
export function formsOf(word: string): ReadonlyMap<string, Buffer> {
  const wide = Buffer.from(word, 'utf16le');
  const escaped = [...word].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const hex = Buffer.from(word).toString('hex');
  const forms: (readonly [string, Buffer])[] = [
    ['as it is', Buffer.from(word)],
    ['in capitals', Buffer.from(word.toUpperCase())],
    ['in small letters', Buffer.from(word.toLowerCase())],
    ['backwards', Buffer.from([...word].reverse().join(''))],
    ['UTF-16 LE', wide],
    ['UTF-16 BE', Buffer.from(wide).swap16()],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['escaped', Buffer.from(escaped.join(''))],
    ['as a JSON string', Buffer.from(JSON.stringify(word).slice(1, -1))],
    ['percent-encoded', Buffer.from(encodeURIComponent(word))],
  ];
  for (const offset of [0, 1, 2])
    for (const [name, encoding] of [
      ['base64', 'base64'],
      ['base64url', 'base64url'],
    ] as const) {
      const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(word)]).toString(encoding);
      // The first and last signs depend on what stands beside the word.
      forms.push([`${name} at ${offset}`, Buffer.from(shifted.slice(4, -4))]);
    }
  return new Map(forms.filter(([, bytes]) => bytes.length > 4));
}

/** Where any of the words stands in any form: `place: word (form)`. */
export function findWords(haystacks: readonly Haystack[], words: readonly string[]): string[] {
  const forms = words.map((word) => [word, formsOf(word)] as const);
  return haystacks.flatMap(({ place, bytes }) =>
    forms.flatMap(([word, each]) =>
      [...each].flatMap(([form, needle]) => (bytes.includes(needle) ? [`${place}: ${word} (${form})`] : [])),
    ),
  );
}

/** Where any of some byte strings stands, whole. */
export function findBytes(
  haystacks: readonly Haystack[],
  needles: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): string[] {
  return haystacks.flatMap(({ place, bytes }) =>
    needles.flatMap(({ name, bytes: needle }) =>
      bytes.includes(Buffer.from(needle)) ? [`${place}: ${name}`] : [],
    ),
  );
}

/** Every way in which a file may hold a moment, to the second or finer. */
function formsOfMoment(moment: Date): ReadonlyMap<string, Buffer> {
  const milliseconds = moment.getTime();
  const iso = moment.toISOString();
  const forms = new Map<string, Buffer>();
  const binary = (name: string, length: number, write: (bytes: Buffer) => void): void => {
    const bytes = Buffer.alloc(length);
    write(bytes);
    forms.set(name, bytes);
  };
  for (const shift of [-1, 0, 1]) {
    const seconds = Math.floor(milliseconds / 1000) + shift;
    forms.set(`seconds ${shift}`, Buffer.from(String(seconds)));
    forms.set(`hex seconds ${shift}`, Buffer.from(seconds.toString(16)));
    binary(`uint32 BE ${shift}`, 4, (bytes) => bytes.writeUInt32BE(seconds));
    binary(`uint32 LE ${shift}`, 4, (bytes) => bytes.writeUInt32LE(seconds));
    binary(`double seconds BE ${shift}`, 8, (bytes) => bytes.writeDoubleBE(seconds));
    binary(`double seconds LE ${shift}`, 8, (bytes) => bytes.writeDoubleLE(seconds));
  }
  binary('int48 milliseconds BE', 6, (bytes) => bytes.writeUIntBE(milliseconds, 0, 6));
  binary('int48 milliseconds LE', 6, (bytes) => bytes.writeUIntLE(milliseconds, 0, 6));
  binary('double milliseconds BE', 8, (bytes) => bytes.writeDoubleBE(milliseconds));
  binary('double milliseconds LE', 8, (bytes) => bytes.writeDoubleLE(milliseconds));
  binary('int64 microseconds BE', 8, (bytes) => bytes.writeBigInt64BE(BigInt(milliseconds) * 1000n));
  binary('int64 microseconds LE', 8, (bytes) => bytes.writeBigInt64LE(BigInt(milliseconds) * 1000n));
  forms.set('ISO day', Buffer.from(iso.slice(0, 10)));
  forms.set('ISO day, basic', Buffer.from(iso.slice(0, 10).replaceAll('-', '')));
  forms.set('time of day', Buffer.from(iso.slice(11, 19)));
  forms.set('day in words', Buffer.from(`${moment.getUTCDate()} November 2026`));
  forms.set('English', Buffer.from(moment.toUTCString().slice(5, 22)));
  forms.set('Julian day', Buffer.from(String(milliseconds / 86_400_000 + 2_440_587.5).slice(0, 12)));
  return forms;
}

/** Where a moment stands in any form: `place: form`. What stands there as a week does not count. */
export function findMoment(haystacks: readonly Haystack[], moment: Date): string[] {
  const forms = formsOfMoment(moment);
  return haystacks.flatMap(({ place, bytes }) =>
    [...forms].flatMap(([form, needle]) => (bytes.includes(needle) ? [`${place}: ${form}`] : [])),
  );
}

import { readFile } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ConcernPages } from '../../../src/chat/mod.ts';

const assets = fileURLToPath(new URL('../assets/', import.meta.url));
const chat = fileURLToPath(new URL('../../../src/chat/', import.meta.url));
const sealing = fileURLToPath(new URL('../../../src/concerns/sealing/mod.ts', import.meta.url));

/** Loaded as threads of their own, which no import shows. */
const threads = ['browser/stretcher.ts'];

/**
 * The scripts of a page and all that they import, as a browser takes them: served names to JavaScript. They
 * are the files under `assets/` as they are, without their types, and the one sealing module.
 * @param entry below `assets/`, such as `door/main.ts`
 */
export async function pageScripts(
  entry: string,
  { scripts, compile }: Pick<ConcernPages, 'scripts' | 'compile'>,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  const waiting = [entry, ...threads].map((name) => `${assets}${name}`);
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    if (sources.has(file) || file === sealing) continue;
    const text = await readFile(file, 'utf8');
    sources.set(file, text);
    for (const [, types, path = ''] of text.matchAll(importing))
      if (types === undefined) waiting.push(at(file, path));
  }
  const [own, sealers] = await Promise.all([compile(sources), scripts()]);
  return new Map([
    ...[...own].map(([file, text]) => [servedName(file), rewrite(file, text)] as const),
    ...[...sealers].map(([name, text]) => [`sealing/${name}`, text] as const),
  ]);
}

const importing = /\b(?:import|export)\b( type\b)?[^'";]*?\bfrom\s*'([^']+)'/g;

/** The file that an import leads to. */
const at = (file: string, path: string): string => fileURLToPath(new URL(path, pathToFileURL(file)));

/** Leads every import to where the file is served. */
const rewrite = (file: string, text: string): string =>
  text.replace(importing, (statement: string, _types: unknown, path: string) => {
    const name = servedName(at(file, path));
    const from = relative(dirname(servedName(file)), name)
      .split(sep)
      .join('/');
    return statement.replace(`'${path}'`, `'${from.startsWith('.') ? from : `./${from}`}'`);
  });

function servedName(file: string): string {
  if (file === sealing) return 'sealing/sealing.js';
  const name = file.replace(/\.ts$/, '.js');
  if (name.startsWith(assets)) return name.slice(assets.length);
  if (name.startsWith(chat)) return `chat/${name.slice(chat.length)}`;
  throw new Error(
    `A browser has no ${file}: a page's scripts stand on assets, chat and the sealing module alone.`,
  );
}

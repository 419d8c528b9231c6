import { checkIcon, readIcons } from './icons.ts';
import { type AppFacts, checkManifest, manifestOf } from './manifest.ts';
import { zip } from './zip.ts';

/** What is wrong with what a package was to be made of: one line for each fault. */
export class PackageError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'PackageError';
    this.faults = faults;
  }
}

/** The app package that a school uploads to Teams, as the bytes of a zip file. @throws PackageError */
export function makePackage(facts: AppFacts): Buffer {
  const manifest = manifestOf(facts);
  const icons = readIcons();
  const faults = [
    ...checkManifest(manifest).map((fault) => `manifest.json: ${fault}`),
    ...icons.flatMap(checkIcon),
  ];
  if (faults.length > 0) throw new PackageError(faults);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return zip([{ name: 'manifest.json', content: Buffer.from(text) }, ...icons]);
}

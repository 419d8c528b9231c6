import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserScripts } from '../../src/concerns/browser-scripts.ts';
import { temporaryFolder } from '../support/content.ts';

test('the sealing module runs as a browser gets it, on relative imports and nothing else', async () => {
  const scripts = await browserScripts();
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of scripts) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const program = `
    const sealing = await import('./sealing.js');
    await sealing.ready;
    const { secretKey } = sealing.newThread();
    const sealed = sealing.sealMessage({ type: 'message', order: 0, author: 'sender', week: '2026-W48', text: 'x' }, secretKey);
    const { lookup } = await sealing.keysOfReceipt('7K3M-9QXT-4WZ8-HB2N', sealing.stretchHere);
    console.log(sealing.openMessage(sealed, secretKey).text, Buffer.from(lookup).toString('hex').slice(0, 8));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(printed.trim()).toBe('x bb3b2eca');
  for (const [name, text] of scripts)
    for (const [, path = ''] of text.matchAll(
      /(?:^|;)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]/gm,
    ))
      expect(scripts.has(path.replace('./', '')), `${name} imports ${path}`).toBe(true);
  expect([...scripts.keys()]).toContain('sealing.js');
});

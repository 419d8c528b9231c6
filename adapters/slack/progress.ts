import { harmlessLine } from '../../src/chat/harmless.ts';
import type { Element } from '../../src/chat/mod.ts';

type Progress = Extract<Element, { kind: 'progress' }>;

const cells = 20;

/** A bar of characters; it is full only when all is done. */
export function progressBar({ done, total }: Progress): string {
  const full = total > 0 ? Math.floor((within(done, total) / total) * cells) : 0;
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

/** `Teachers: 12 of 40 (30%)` */
export function progressInWords({ label, done, total }: Progress): string {
  const all = Math.max(0, total);
  const share = all === 0 ? '' : ` (${Math.floor((within(done, all) / all) * 100)}%)`;
  return `${harmlessLine(label)}: ${within(done, all)} of ${all}${share}`;
}

const within = (done: number, total: number): number => Math.min(total, Math.max(0, done));

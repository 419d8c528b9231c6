import type { Element } from '../../src/chat/mod.ts';
import { shownLine } from './text.ts';

type Progress = Extract<Element, { kind: 'progress' }>;

const cells = 20;

/** A bar of characters; it is full only when all is done. */
export function progressBar({ done, total }: Progress): string {
  const full = total > 0 ? Math.floor((within(done, total) / total) * cells) : 0;
  return '█'.repeat(full) + '░'.repeat(cells - full);
}

/** `Teachers: 12 of 40` */
export function progressInWords({ label, done, total }: Progress): string {
  const all = Math.max(0, total);
  return `${shownLine(label)}: ${within(done, all)} of ${all}`;
}

const within = (done: number, total: number): number => Math.min(total, Math.max(0, done));

import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';

/** Something that takes a question. What it makes of it is not looked at, only how long that takes. */
export type Asked = (question: string) => void;

/** fuse.js over texts, with its default options. */
export function fuseOver(texts: readonly string[]): Asked {
  const fuse = new Fuse(texts);
  return (question) => void fuse.search(question);
}

/** MiniSearch (BM25+) over texts, with its default options. */
export function miniSearchOver(texts: readonly string[]): Asked {
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ['text'] });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return (question) => void index.search(question);
}

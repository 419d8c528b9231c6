/** One form of a page: where it leads, what it carries along, and its buttons by what they say. */
export interface PageForm {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** Label to name and value. */
  readonly buttons: ReadonlyMap<string, readonly [name: string, value: string]>;
  /** Names of what can be filled in. */
  readonly fields: readonly string[];
}

/** What stands on a page, or a piece of one. Sound because nothing but the pages' own markup has a "<" in it. */
export function readPage(html: string): { readonly text: string; readonly forms: readonly PageForm[] } {
  const body = html.replace(/<head>[\s\S]*<\/head>/, '');
  const text = decoded(
    body.replace(/<article[^>]*\bhidden\b[^>]*>[\s\S]*?<\/article>/g, '').replace(/<[^>]*>/g, ' '),
  );
  const forms = [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inner = '']) => {
    const inputs = [...inner.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => attributesOf(tag));
    return {
      action: attributesOf(head).action ?? '',
      hidden: Object.fromEntries(
        inputs.flatMap(({ type, name = '', value = '' }) => (type === 'hidden' ? [[name, value]] : [])),
      ),
      buttons: new Map(
        [...inner.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(([, tag = '', label = '']) => {
          const { name = '', value = '' } = attributesOf(tag);
          return [decoded(label).trim(), [name, value]] as const;
        }),
      ),
      fields: [...new Set(inputs.flatMap(({ type, name = '' }) => (type === 'hidden' ? [] : name)))],
    };
  });
  return { text, forms };
}

function attributesOf(tag: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    [...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decoded(value)]),
  );
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

const decoded = (text: string): string =>
  text.replace(/&(lt|gt|quot|amp|#39);/g, (_, name) => entities[name]!);

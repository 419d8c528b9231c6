import { readFileSync } from 'node:fs';

/** Side of each icon in pixels, as Teams wants them. */
const sides = { 'color.png': 192, 'outline.png': 32 } as const;

export interface Icon {
  readonly name: string;
  readonly content: Buffer;
}

/** The app's icons. Drawn from the SVG files beside them. */
export function readIcons(): readonly Icon[] {
  return Object.keys(sides).map((name) => ({
    name,
    content: readFileSync(new URL(`./icons/${name}`, import.meta.url)),
  }));
}

/** What is wrong with an icon's size, a line a fault. */
export function checkIcon({ name, content }: Icon): string[] {
  const wanted = Object.entries(sides).find(([each]) => each === name)?.[1];
  const isPng = content.subarray(1, 4).toString('latin1') === 'PNG';
  const size = isPng ? ([content.readUInt32BE(16), content.readUInt32BE(20)] as const) : undefined;
  if (!size) return [`${name} is no PNG file`];
  const [width, height] = size;
  return width === wanted && height === wanted
    ? []
    : [`${name} is ${width} by ${height} pixels and must be ${wanted} by ${wanted}`];
}

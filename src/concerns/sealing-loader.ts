export type Sealing = typeof import('./sealing/mod.ts');

/** The sealing module, ready to use. Loaded only once somebody needs it: it brings megabytes of WebAssembly. */
export async function sealing(): Promise<Sealing> {
  const loaded = await import('./sealing/mod.ts');
  await loaded.ready;
  return loaded;
}

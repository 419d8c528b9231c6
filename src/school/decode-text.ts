import type { FaultInText } from '../content/fault.ts';

const SAVE_AGAIN = 'In Excel, save the sheet as "CSV UTF-8 (Comma delimited)".';

/** The text of a file that should be UTF-8, or what else it is, with the lines that show it. */
export function decodeText(bytes: Uint8Array): { text?: string; faults: readonly FaultInText[] } {
  const other = otherKind(bytes);
  if (other !== undefined) return { faults: [{ line: 0, what: other, todo: SAVE_AGAIN }] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), faults: [] };
  } catch {
    return { faults: linesNotUtf8(bytes) };
  }
}

function otherKind(bytes: Uint8Array): string | undefined {
  const starts = (...beginning: number[]): boolean => beginning.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0))
    return 'This is an Excel workbook and not a CSV file.';
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || bytes.includes(0))
    return 'This is text in UTF-16 or no text at all, and not UTF-8.';
  return undefined;
}

/** Each line that holds a byte that UTF-8 has not, with what the byte would be in the usual encoding of Windows. */
function linesNotUtf8(bytes: Uint8Array): readonly FaultInText[] {
  const windows = new TextDecoder('windows-1252');
  // One character a byte, so that lines can be told apart before anything is known of the encoding.
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/\r\n|\r|\n/);
  return lines.flatMap((text, index) => {
    const line = Buffer.from(text, 'latin1');
    const at = firstInvalid(line);
    if (at === undefined) return [];
    const byte = line.subarray(at, at + 1);
    const hex = byte.toString('hex').toUpperCase();
    const what = `The byte 0x${hex} (“${windows.decode(byte)}” in Windows-1252) is not UTF-8.`;
    return [{ line: index + 1, what, todo: SAVE_AGAIN }];
  });
}

const LOST = '\uFFFD';

/** Where UTF-8 breaks off: at the first sign for a lost character that does not itself stand in the bytes. */
function firstInvalid(bytes: Buffer): number | undefined {
  const pieces = bytes.toString('utf8').split(LOST);
  let at = 0;
  for (const piece of pieces.slice(0, -1)) {
    at += Buffer.byteLength(piece);
    if (!bytes.subarray(at, at + 3).equals(Buffer.from(LOST))) return at;
    at += 3;
  }
  return undefined;
}

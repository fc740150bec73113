/** What a shell is to take as it stands, with variables where something is to be filled in. */
export type ShellText = readonly (string | ShellVariable)[];

/** Its name is of our own making: one out of a trace could name a variable of the person's own, such as a key of theirs. */
export interface ShellVariable {
  variable: string;
}

/** One word for a POSIX shell, whatever stands in it (POSIX.1-2017 XCU §2.2.2, §2.2.3). */
export function shellWord(text: ShellText): string {
  let word = '';
  let plain = '';
  for (const part of text) {
    if (typeof part === 'string') {
      plain += part;
      continue;
    }
    word += `${plain === '' ? '' : quoted(plain)}"$${part.variable}"`;
    plain = '';
  }
  return plain === '' && word !== '' ? word : word + quoted(plain);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

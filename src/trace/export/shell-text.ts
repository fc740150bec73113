/** Literal text for a shell, with variables for the values to fill in. */
export type ShellText = readonly (string | ShellVariable)[];

/** A variable that the app named: a name from the trace could refer to one of the user's own variables, such as an API key. */
export interface ShellVariable {
  variable: string;
}

/** Returns one word for a POSIX shell, whatever characters it contains (POSIX.1-2017 XCU §2.2.2, §2.2.3). */
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

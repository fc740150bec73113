/** Long enough for the browser to have taken what it saves, in milliseconds. */
const TAKEN_AFTER = 60_000;

/** Has the browser save a file under a name, among its downloads or wherever the person chooses. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_AFTER);
}

/** Long enough for the browser to read the file before its URL is revoked, in milliseconds. */
const TAKEN_AFTER = 60_000;

/** Downloads a file under a name, to the downloads folder or wherever the user chooses. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_AFTER);
}

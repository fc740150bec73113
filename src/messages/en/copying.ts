/** What is said after a text was to be put on the clipboard. */
export const copying = {
  copied: 'Copied.',
  notCopied: 'Copying was blocked. Select the text and copy it.',
};

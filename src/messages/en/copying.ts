/** The result of copying a text to the clipboard. */
export const copying = {
  copied: 'Copied.',
  notCopied: 'Copying was blocked. Select the text and copy it.',
};

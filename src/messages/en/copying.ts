/** What is said after a text was to be put on the clipboard. */
export const copying = {
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying. Select the text and copy it by hand.',
};

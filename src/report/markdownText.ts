// Text as it may stand in Markdown: a stranger's names must not become markup.

/** On one line. */
export function markdownText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]#|@]/g, "\\$&")
    .replaceAll(/\s/g, " ");
}

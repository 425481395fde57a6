// Answers as YAML: one document each; the library is read only by who asks for it.

export async function yamlText(answers: readonly unknown[]): Promise<string> {
  const { stringify } = await import("yaml");
  return answers
    .map((answer) => `---\n${stringify(answer, { aliasDuplicateObjects: false })}`)
    .join("");
}

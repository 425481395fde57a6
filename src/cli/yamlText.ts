// Answers as YAML: one document each; the library is read only by who asks for it.

/** As kubectl: keys sorted, lists not indented, and quotes where YAML 1.1 would read something else (a time, `yes`). */
export async function kubectlYaml(value: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(value, {
    ...{ aliasDuplicateObjects: false, sortMapEntries: true },
    ...{ indentSeq: false, version: "1.1" },
  });
}

export async function yamlText(answers: readonly unknown[]): Promise<string> {
  const { stringify } = await import("yaml");
  return answers
    .map((answer) => `---\n${stringify(answer, { aliasDuplicateObjects: false })}`)
    .join("");
}

// Which namespace's pods a command about pods in the background means.
import type { OptionSpec, OptionValues } from "./command.ts";

export const NAMESPACE_OPTION: OptionSpec = {
  flags: "-n, --namespace <name>",
  description: "only pods of this namespace (default: of any)",
};

/** undefined: of any. kubectl's -A goes before its -n, too. */
export function namespaceOf({ namespace, allNamespaces }: OptionValues): string | undefined {
  return typeof namespace === "string" && allNamespaces !== true ? namespace : undefined;
}

// Commands about pods in the background are offered those that there are, their containers and their namespaces.
import { type FoundPod, listPods } from "../../lifecycle/detachedPods.ts";
import type { CommandSpec } from "../command.ts";
import { NAMESPACE_OPTION } from "../podOptions.ts";

/** @param words behind the program's name; the last is being typed */
export function withPods(
  words: readonly string[],
  commands: readonly CommandSpec[],
  list: () => readonly FoundPod[] = listPods,
): readonly CommandSpec[] {
  const [name, ...rest] = words;
  const command = commands.find((one) => one.name === name);
  if (command?.options.includes(NAMESPACE_OPTION) !== true) return commands;
  const all = list();
  const before = rest.slice(0, -1);
  const namespace = namespaceIn(before);
  const pods = all.filter((pod) => namespace === undefined || pod.namespace === namespace);
  const meant = pods.filter((pod) => before.includes(pod.name) || before.includes(pod.id));
  const containers = [...new Set(meant.flatMap((pod) => pod.containers))];
  const takesContainer = command.arguments.includes("[container]") && meant.length > 0;
  const names = [...new Set(pods.map((pod) => pod.name))];
  const told = {
    ...command,
    ...(command.arguments === "" ? {} : { argumentValues: takesContainer ? containers : names }),
    options: command.options.map((option) => {
      if (option === NAMESPACE_OPTION) return { ...option, values: namespacesOf(all) };
      return option.flags.includes("--container ") ? { ...option, values: containers } : option;
    }),
  };
  return commands.map((one) => (one === command ? told : one));
}

function namespacesOf(pods: readonly FoundPod[]): string[] {
  return [...new Set(pods.map(({ namespace }) => namespace))];
}

/** As it was typed already: `-n shop`, `--namespace=shop`. */
function namespaceIn(words: readonly string[]): string | undefined {
  const joined = words.find((word) => word.startsWith("--namespace="));
  const at = words.findLastIndex((word) => word === "-n" || word === "--namespace");
  return joined?.slice("--namespace=".length) ?? (at < 0 ? undefined : words[at + 1]);
}

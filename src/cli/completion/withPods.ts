// Commands about pods in the background are offered those that there are, and their containers.
import { type FoundPod, listPods } from "../../lifecycle/detachedPods.ts";
import type { CommandSpec } from "../command.ts";

/** @param words behind the program's name; the last is being typed */
export function withPods(
  words: readonly string[],
  commands: readonly CommandSpec[],
  list: () => readonly FoundPod[] = listPods,
): readonly CommandSpec[] {
  const [name, ...rest] = words;
  const command = commands.find((one) => one.name === name);
  if (command === undefined || !command.arguments.startsWith("<pod")) return commands;
  const pods = list();
  const before = rest.slice(0, -1);
  const meant = pods.filter((pod) => before.includes(pod.name) || before.includes(pod.id));
  const containers = [...new Set(meant.flatMap((pod) => pod.containers))];
  const takesContainer = command.arguments.includes("[container]") && meant.length > 0;
  const names = [...new Set(pods.map((pod) => pod.name))];
  const told = {
    ...command,
    argumentValues: takesContainer ? containers : names,
    options: command.options.map((option) =>
      option.flags.includes("--container ") ? { ...option, values: containers } : option,
    ),
  };
  return commands.map((one) => (one === command ? told : one));
}

// `secctx completion SHELL`: the script that completes secctx' commands, options and their values there.
import type { Command, OptionValues, Shell } from "../command.ts";
import { candidatesFor } from "../completion/candidates.ts";
import { COMPLETION_SCRIPTS } from "../completion/scripts.ts";
import { withPods } from "../completion/withPods.ts";
import { UsageError } from "../errors.ts";

const SCRIPTS = Object.keys(COMPLETION_SCRIPTS);

export const completionCommand: Command = {
  name: "completion",
  summary: "completion for bash, zsh, fish and kubectl",
  arguments: "<shell> [words...]",
  argumentValues: SCRIPTS,
  options: [],
  examples: [
    'eval "$(secctx completion bash)"                     # in ~/.bashrc',
    "source <(secctx completion zsh)                      # in ~/.zshrc, behind compinit",
    "secctx completion fish | source                      # in config.fish",
    "secctx completion kubectl >~/bin/kubectl_complete-secctx; chmod +x ~/bin/kubectl_complete-secctx",
  ],
  run,
};

/** The scripts ask `completion candidates -- WORDS` and get what kubectl's own completion answers: lines, then `:0` (files too) or `:4`. */
async function run(
  [shell = "", ...words]: readonly string[],
  _options: OptionValues,
  { commands }: Shell,
): Promise<number> {
  if (shell === "candidates") {
    const typed = words.length === 0 ? [""] : words;
    const { values, files } = candidatesFor(typed, withPods(typed, await commands()));
    const lines = values.map(({ value, description }) => `${value}\t${description}`);
    process.stdout.write(`${[...lines, files ? ":0" : ":4"].join("\n")}\n`);
    return 0;
  }
  const script = Object.hasOwn(COMPLETION_SCRIPTS, shell) ? COMPLETION_SCRIPTS[shell] : undefined;
  if (script === undefined) {
    throw new UsageError(`no completion for ${shell}: there are ${SCRIPTS.join(", ")}`);
  }
  process.stdout.write(script);
  return 0;
}

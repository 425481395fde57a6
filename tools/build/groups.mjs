// Which commands are built into one script together: those that need the same rooms. `all` serves help, typos and the rest.
import { readdirSync } from "node:fs";

const RUNNING = ["run", "ps", "describe", "logs", "exec", "stop", "images", "prune"];
const READING = readdirSync("src/cli/commands")
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !RUNNING.includes(name) && name !== "completion");

/** Script → its commands; undefined: every one. */
export const GROUPS = { read: READING, run: RUNNING, all: undefined };

const EXAMPLE = "examples/dac.yaml";
const REPOSITORY = "tools/build/rehearsal.yaml";

/**
 * What a build calls of a script: its code cache holds the functions that these calls need, which loads in half the
 * time. Of a script that is not here it holds all; `run` is rehearsed where the machine lets it be (rehearsal.mjs).
 */
export const CALLS = {
  read: [
    ["check", "--no-config", EXAMPLE, REPOSITORY],
    ["explain", EXAMPLE],
    ["fix", "--diff", EXAMPLE, REPOSITORY],
  ],
};

/** Command → its script, for the launcher. */
export function groupOf() {
  const rows = Object.entries(GROUPS).flatMap(([group, commands = []]) =>
    commands.map((command) => [command, group]),
  );
  return Object.fromEntries(rows);
}

/** `check`'s threads run its script. */
const OF_CHECK = /^\.\/lanes\/serve\.ts$/;

/** The modules of other commands are left out: nobody asks that script for them. */
export function onlyCommands(commands) {
  return {
    name: "onlyCommands",
    setup({ onResolve, onLoad }) {
      if (commands === undefined) return;
      onResolve({ filter: /^\.\/commands\/\w+\.ts$/ }, ({ path }) => {
        const name = path.slice("./commands/".length, -".ts".length);
        return commands.includes(name) ? undefined : { path, namespace: "otherCommand" };
      });
      onResolve({ filter: OF_CHECK }, ({ path }) =>
        commands.includes("check") ? undefined : { path, namespace: "otherCommand" },
      );
      onLoad({ filter: /.*/, namespace: "otherCommand" }, () => ({ contents: "export {};" }));
    },
  };
}

// `run --detach`: the same call once more in the background, heard until the pod runs or it is clear that it never will.
import { spawn } from "node:child_process";

/** In the environment of the call that stays. */
const MARK = "SECCTX_DETACHED";

/** Is this the call in the background? */
export function isBackground(): boolean {
  return process.env[MARK] === "1";
}

/**
 * Starts it, and passes on what it says.
 * @param readsInput the manifest comes on standard input
 * @returns the exit code: 0 when the pod runs, else that of the run which ended early
 */
export function runInBackground(readsInput: boolean): Promise<number> {
  const [, script = "", ...words] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, script, ...words], {
    detached: true,
    stdio: [readsInput ? "inherit" : "ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, [MARK]: "1" },
  });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  const pass = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", pass);
  process.on("SIGTERM", pass);
  return new Promise((resolve) => {
    child.on("message", (answer) => {
      process.stdout.write(String(answer));
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.disconnect();
      child.unref();
      resolve(0);
    });
    child.on("close", (code) => resolve(code ?? 125));
    child.on("error", () => resolve(125));
  });
}

let isTold = false;

/** Somebody has been given the pod. */
export function wasStarterTold(): boolean {
  return isTold;
}

/** The pod runs: who started it may go. From here on nobody reads what is printed. @param answer for its standard output */
export async function tellStarter(answer: string): Promise<void> {
  if (isTold || process.connected !== true) return;
  isTold = true;
  process.stderr.on("error", () => {});
  await new Promise<void>((resolve) => {
    process.send?.(answer, () => {
      process.disconnect?.();
      resolve();
    });
  });
}

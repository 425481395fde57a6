// containerd's own client, for what CRI has no call for; one that gets no answer ends when the daemon's time is over.
import { spawn } from "node:child_process";
import { timerMs } from "../../node/clock.ts";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import { DeadlineExceeded } from "../patience.ts";
import type { CriClient } from "./client.ts";

/** containerd's namespace of the images that CRI sees. */
const NAMESPACE = "k8s.io";

export interface CtrOptions {
  readonly signal?: AbortSignal | undefined;
  /** On top of the time of any call. */
  readonly extraMs?: number;
  readonly program?: string;
}

/** @throws EngineError in ctr's words; DeadlineExceeded; what the signal aborts with */
export function ctr(
  { socket, patience }: Pick<CriClient, "socket" | "patience">,
  words: readonly string[],
  { signal, extraMs = 0, program = needProgram("ctr") }: CtrOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = ["--address", socket, "--namespace", NAMESPACE, ...words];
    const child = spawn(program, call, {
      ...{ stdio: ["ignore", "ignore", "pipe"], killSignal: "SIGKILL" },
      ...(signal === undefined ? {} : { signal }),
    });
    const timer = setTimeout(
      () => {
        patience.ranOut();
        reject(new DeadlineExceeded(`the runtime at ${socket}`));
        child.kill("SIGKILL");
      },
      timerMs(patience.ms + extraMs),
    );
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new EngineError(`ctr ${words.slice(0, 2).join(" ")}: ${said.trim()}`));
    });
  });
}
